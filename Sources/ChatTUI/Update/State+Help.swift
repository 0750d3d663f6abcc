import ChatClient
import ChatProtocol
import ChatTerminal
import ChatText
import TerminalText

/// The help, made from the tables that keys and commands are read from.
extension State {
    /// One line of the help: a heading, or a key or command with what it does, or where these go on.
    package struct HelpLine: Hashable, Sendable {
        package var key: String
        package var text: String
        package var isHeading = false
    }

    /// Where its lines are: below the filter.
    var helpArea: Rect { box(of: .help(HelpList())).inner.inset(top: 1) }

    /// The columns of the keys. Where there is no room for two columns, every key stands above its text.
    var helpKeyColumns: Int {
        let columns = helpArea.columns
        return columns < Self.twoHelpColumns ? 2 : min(22, max(10, columns / 3))
    }

    private static let twoHelpColumns = 30

    /// The whole help, or the part of it that holds a text, wrapped: nothing of it is cut.
    package func helpLines(matching wanted: String) -> [HelpLine] {
        let wanted = wanted.lowercased()
        func fits(_ line: HelpLine) -> Bool {
            wanted.isEmpty || line.key.lowercased().contains(wanted) || line.text.lowercased().contains(wanted)
        }
        return helpSections.flatMap { title, content in
            let fitting = content.filter(fits)
            guard !fitting.isEmpty else { return [HelpLine]() }
            let heading = lines(say(title), helpArea.columns).map { HelpLine(key: "", text: $0, isHeading: true) }
            return heading + fitting.flatMap(wrapped)
        }
    }

    private var helpSections: [(title: Sentence, content: [HelpLine])] {
        let commands = CommandTable.rows(in: .compose).map { row in
            HelpLine(key: usage(of: row), text: Sentence.forID(row.helpKey)?[language] ?? "")
        }
        let contexts: [KeyContext] = [.everywhere, .compose, .middle, .contacts, .files, .editing, .form, .overlay]
        return [(.commandsSection, commands)]
            + contexts.map { context in
                let bindings = keys.bindings.filter { $0.context == context }
                return (
                    context.title,
                    bindings.map { HelpLine(key: $0.keys.map(\.label).joined(separator: " "), text: say($0.action.help)) }
                )
            }
    }

    /// Beside each other, or where the key is too wide for its column, below.
    private func wrapped(_ line: HelpLine) -> [HelpLine] {
        let texts = lines(line.text, helpArea.columns - helpKeyColumns).map { HelpLine(key: "", text: $0) }
        if CellWidth.width(of: line.key) < helpKeyColumns, let first = texts.first {
            return [HelpLine(key: line.key, text: first.text)] + texts.dropFirst()
        }
        return lines(line.key, helpArea.columns).map { HelpLine(key: $0, text: "") } + texts
    }

    private func lines(_ text: String, _ width: Int) -> [String] {
        TextLayout.wrap(text, width: max(1, width)).map { String($0.text) }
    }

    func scrollHelp(_ list: HelpList, by steps: Int) -> HelpList {
        var list = list
        let most = max(0, helpLines(matching: list.filter.text).count - helpArea.rows)
        list.offset = min(max(0, min(list.offset, most) + steps), most)
        return list
    }
}
