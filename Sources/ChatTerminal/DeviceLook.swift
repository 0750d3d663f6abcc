/// A cell's look in the terms of one terminal: colour numbers and attributes.
struct DeviceLook: Hashable, Sendable {
    /// ncurses' numbers; -1 for the terminal's own colour.
    var foreground: Int32 = -1
    var background: Int32 = -1
    var emphasis: Emphasis = []

    /// Steps a style down to what the terminal has, so that what it distinguished stays distinct.
    init(_ style: Style, over base: Style, depth: ColorDepth) {
        emphasis = style.emphasis
        if depth == .mono {
            // A ground of its own, such as a selection's, must be seen without colours too.
            if let background = style.background, background != base.background, background != .default {
                emphasis.formSymmetricDifference(.reverse)
            }
            return
        }
        foreground = style.foreground.map(depth.number(for:)) ?? -1
        background = style.background.map(depth.number(for:)) ?? -1
        if depth == .ansi8, case .ansi(let index)? = style.foreground, index % 16 >= 8 {
            emphasis.insert(.bold)
        }
        // Two colours that became one would hide the text.
        if foreground == background, foreground >= 0, style.foreground != style.background {
            let isDark = [0, 4].contains(background % 8) && depth != .direct
            foreground = isDark ? 7 : 0
        }
    }
}
