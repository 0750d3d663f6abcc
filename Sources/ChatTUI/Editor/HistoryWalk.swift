/// Steps from a text that is being written through what was sent before, and back to it.
///
/// What is made of a line stays in it while one steps on, so no step loses what was typed.
package struct HistoryWalk: Hashable, Sendable {
    /// What was sent, the oldest first, and below it the draft: what was being written when the walk began.
    private var lines: [String]
    /// Of the line that is shown.
    private var place: Int
    private var holdsUnsent = false

    package init(_ sent: [String], draft: String) {
        lines = sent + [draft]
        place = sent.count
    }

    private var draftPlace: Int { lines.count - 1 }

    /// The draft while another line is shown, else empty.
    package var aside: String { place == draftPlace ? "" : lines[draftPlace] }

    /// Back at the draft, and with nothing in it that can be found nowhere else.
    package var isOver: Bool { place == draftPlace && !holdsUnsent }

    /// What is to be kept of the whole: the draft, and what was made of the line in its place.
    package func draft(showing text: String) -> String {
        if aside.isEmpty { return text }
        return text == lines[place] ? aside : text + "\n" + aside
    }

    /// The line above; nil at the oldest.
    package mutating func older(leaving text: String) -> String? {
        leave(text)
        guard place > 0 else { return nil }
        place -= 1
        return lines[place]
    }

    /// The line below; nil at the draft.
    package mutating func newer(leaving text: String) -> String? {
        leave(text)
        guard place < draftPlace else { return nil }
        place += 1
        return lines[place]
    }

    /// The draft, from any line.
    package mutating func backToDraft() -> String {
        place = draftPlace
        return lines[draftPlace]
    }

    /// Shows a new line, above the draft.
    package mutating func show(_ line: String, leaving text: String) {
        leave(text)
        lines.insert(line, at: draftPlace)
        place = draftPlace - 1
        holdsUnsent = true
    }

    /// Where nothing had been begun, what was made of an older text is the draft from now on.
    private mutating func leave(_ text: String) {
        guard text != lines[place] else { return }
        if lines[draftPlace].isEmpty { place = draftPlace }
        lines[place] = text
        if place != draftPlace { holdsUnsent = true }
    }
}
