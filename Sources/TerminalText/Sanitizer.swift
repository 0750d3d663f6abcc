/// Makes text of others harmless for a terminal.
///
/// No result contains a character that a terminal acts on (C0 but for those asked for, DEL, C1), one that reorders the
/// text around it (bidirectional controls), or one that hides something (invisible characters beyond what the cluster
/// they stand in needs, marks without end). Cleaning what is clean changes nothing, and cleaning twice is cleaning once.
package struct Sanitizer: Hashable, Sendable {
    /// What becomes of a control character.
    package enum ControlHandling: Hashable, Sendable {
        /// U+FFFD takes its place, so that a reader sees that something was there.
        case replace
        case remove
    }

    /// Keeps LF, and makes CR, CR LF and the separators U+2028 and U+2029 an LF. Otherwise a blank stands for each.
    package var keepsLineFeeds: Bool
    /// Keeps tabs; otherwise a blank stands for each.
    package var keepsTabs: Bool
    package var controls: ControlHandling

    package init(keepsLineFeeds: Bool, keepsTabs: Bool, controls: ControlHandling) {
        self.keepsLineFeeds = keepsLineFeeds
        self.keepsTabs = keepsTabs
        self.controls = controls
    }

    /// For what is shown in one line: names, topics, file names, titles, notifications.
    package static let line = Sanitizer(keepsLineFeeds: false, keepsTabs: false, controls: .replace)
    /// For the body of a message.
    package static let body = Sanitizer(keepsLineFeeds: true, keepsTabs: true, controls: .replace)
    /// For what a person pastes: control characters are removed and counted.
    package static let paste = Sanitizer(keepsLineFeeds: true, keepsTabs: true, controls: .remove)

    /// Text without harm, and how many control characters were replaced or removed for it.
    package struct Result: Hashable, Sendable {
        package var text: String
        package var controlCount: Int
    }

    package func clean(_ text: String) -> String {
        examine(text).text
    }

    package func examine(_ text: String) -> Result {
        if text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) { return Result(text: text, controlCount: 0) }
        var pass = CleaningPass(sanitizer: self)
        for scalar in text.unicodeScalars { pass.take(scalar) }
        return pass.finish()
    }

    /// Whether the text may go to a terminal as it is.
    package func isClean(_ text: String) -> Bool {
        clean(text).unicodeScalars.elementsEqual(text.unicodeScalars)
    }
}

/// One way through a text.
private struct CleaningPass {
    /// More marks on one letter than any language writes; the rest would climb over other lines.
    static let maximumMarks = 8
    /// The longest flag spelt in tags, with its end.
    static let maximumTags = 7

    let sanitizer: Sanitizer
    var output = String.UnicodeScalarView()
    var controlCount = 0
    /// The last visible base, for which the invisible ones that follow must make sense.
    var base: Unicode.Scalar?
    /// What was written last, if it was a joiner or a selector: a second one is never needed.
    var lastWasInvisible = false
    /// A joiner is written only when something follows that it can join.
    var pendingJoiner: Unicode.Scalar?
    var markCount = 0
    var tagCount = 0
    var lastWasCarriageReturn = false

    init(sanitizer: Sanitizer) {
        self.sanitizer = sanitizer
    }

    mutating func take(_ scalar: Unicode.Scalar) {
        let followsCarriageReturn = lastWasCarriageReturn
        lastWasCarriageReturn = scalar == "\r"
        switch scalar.value {
        case 0x0A where followsCarriageReturn:
            return
        case 0x0A, 0x0D, 0x2028, 0x2029:
            separate(sanitizer.keepsLineFeeds ? "\n" : " ")
        case 0x09:
            separate(sanitizer.keepsTabs ? "\t" : " ")
        case ..<0x20, 0x7F...0x9F:
            controlCount += 1
            if sanitizer.controls == .replace { separate("\u{FFFD}") }
        default:
            if Invisibles.contains(scalar) { takeInvisible(scalar) } else { takeVisible(scalar) }
        }
    }

    func finish() -> Sanitizer.Result {
        Sanitizer.Result(text: String(output), controlCount: controlCount)
    }

    private mutating func separate(_ scalar: Unicode.Scalar) {
        output.append(scalar)
        base = nil
        pendingJoiner = nil
        lastWasInvisible = false
        markCount = 0
    }

    private mutating func takeVisible(_ scalar: Unicode.Scalar) {
        if CellWidth.width(of: scalar) == 0 {
            pendingJoiner = nil
            guard markCount < Self.maximumMarks else { return }
            markCount += 1
            output.append(scalar)
            lastWasInvisible = false
            return
        }
        if let joiner = pendingJoiner, joins(scalar) { output.append(joiner) }
        pendingJoiner = nil
        output.append(scalar)
        base = scalar.properties.isWhitespace ? nil : scalar
        lastWasInvisible = false
        markCount = 0
        tagCount = 0
    }

    private mutating func takeInvisible(_ scalar: Unicode.Scalar) {
        guard let base else { return }
        if scalar == Invisibles.joiner || scalar == Invisibles.nonJoiner {
            if pendingJoiner == nil { pendingJoiner = scalar }
        } else if Invisibles.isVariationSelector(scalar), !lastWasInvisible, pendingJoiner == nil {
            output.append(scalar)
            lastWasInvisible = true
        } else if Invisibles.isTag(scalar), base.value == 0x1F3F4, tagCount < Self.maximumTags, pendingJoiner == nil {
            output.append(scalar)
            tagCount += 1
        }
    }

    /// Joiners belong between letters of scripts that join, and between pictures.
    private func joins(_ next: Unicode.Scalar) -> Bool {
        guard let base, base.value > 0xFF, next.value > 0xFF else { return false }
        let arePictures = base.properties.isEmoji && next.properties.isEmoji
        return arePictures || (base.properties.isAlphabetic && next.properties.isAlphabetic)
    }
}
