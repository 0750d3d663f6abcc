package import ChatText
import TerminalText

/// Something wrong in a file of the person's own, a theme or the settings, said so that its author finds it.
package struct FileProblem: Hashable, Sendable, CustomStringConvertible {
    package var file: String
    /// Counted from 1; nil if the problem is not in a line.
    package var line: Int?
    package var reason: Sentence

    package init(file: String, line: Int?, reason: Sentence) {
        self.file = file
        self.line = line
        self.reason = reason
    }

    /// With the place. Harmless, though files hold anything.
    package var sentence: Sentence {
        let place = line.map { "\(file):\($0): " } ?? "\(file): "
        return Sentence(Sanitizer.line.clean(place + reason.english), Sanitizer.line.clean(place + reason.indonesian))
    }

    package var description: String { sentence.english }
}
