extension TextLayout {
    /// The text if it fits, else its beginning and its end with `…` between them: of a file's name both say something.
    package static func shorten(_ text: String, width: Int) -> String {
        guard clip(text, width: width).endIndex != text.endIndex else { return text }
        guard width > 2 else { return truncate(text, width: width) }
        let tailWidth = (width - 1) / 3
        return clip(text, width: width - 1 - tailWidth) + "…" + clipStart(text, width: tailWidth)
    }

    /// The text if it fits, else as much of its end as fits behind a `…`: of a path that says most.
    package static func shortenStart(_ text: String, width: Int) -> String {
        guard clip(text, width: width).endIndex != text.endIndex else { return text }
        return width < 1 ? "" : "…" + clipStart(text, width: width - 1)
    }

    /// The longest end that fits.
    private static func clipStart(_ text: String, width: Int) -> Substring {
        var start = text.endIndex
        var used = 0
        while start > text.startIndex {
            let before = text.index(before: start)
            used += CellWidth.width(of: text[before])
            if used > width { break }
            start = before
        }
        return text[start...]
    }
}
