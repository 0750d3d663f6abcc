import ChatProtocol

extension CommandTable {
    /// Reads one typed line. Verbs are matched without case.
    public static func parse(_ line: String, in place: Place) -> TypedLine {
        if place != .prompt, let text = saying(line) { return .text(text) }
        let words = line.split(whereSeparator: isBlank)
        guard let first = words.first else { return .text("") }
        for row in rows(in: place) {
            guard let spelling = row.spelling[place] else { continue }
            let verb = spelling.split(separator: " ")
            guard words.count >= verb.count, zip(words, verb).allSatisfy({ $0.lowercased() == $1 }) else { continue }
            return parse(row, arguments: rest(of: line, after: verb.count), in: place)
        }
        // Money and quoted shells are talk: only the spelt verbs after the `$` are commands.
        if place == .room, first.hasPrefix("$") { return .text(line) }
        return .unknown(verb: String(first))
    }

    /// The text that a line says where talking needs no command; nil if it begins one.
    private static func saying(_ line: String) -> String? {
        if line.hasPrefix("//") { return String(line.dropFirst()) }
        if line.hasPrefix("$") { return nil }
        guard line.hasPrefix("/") else { return line }
        // A path is text: no verb holds a second slash.
        let verb = line.dropFirst().prefix { !isBlank($0) }
        return verb.contains("/") || verb.isEmpty ? line : nil
    }

    private static func parse(_ row: Row, arguments text: Substring, in place: Place) -> TypedLine {
        let arguments = split(text, count: row.arguments.count)
        if place != .prompt, arguments.count < row.needed { return .lacking(row.arguments[arguments.count], of: row) }
        do throws(ProtocolError) {
            return .command(try command(row, arguments))
        } catch {
            return .invalid(row, error)
        }
    }

    private static func command(_ row: Row, _ arguments: [String]) throws(ProtocolError) -> UserCommand {
        guard arguments.count <= row.arguments.count else {
            throw ProtocolError(.badRequest, "There is more than this command takes.")
        }
        let first = arguments.first
        let second = arguments.count > 1 ? arguments[1] : nil
        switch row.verb {
        case .register: return .register
        case .logIn: return .logIn(username: first)
        case .logOut: return .logOut
        case .chat: return .chat(try conversation(first))
        case .inbox: return .inbox
        case .readAll: return .readAll
        case .join: return .join(try room(first))
        case .leave: return .leave(try room(first))
        case .rooms: return .rooms
        case .who: return .who(try room(first))
        case .upload: return .upload(path: first)
        case .sendFile: return .sendFile(to: try conversation(first), path: second)
        case .getFile: return .getFile(try label(first))
        case .listFiles: return .listFiles
        case .find: return .find(first)
        case .theme: return .theme(first)
        case .notify: return .notify(try level(first))
        case .log: return .log
        case .reconnect: return .reconnect
        case .help: return .help
        case .quit: return .quit
        case .mouse: return .mouse(try onOff(first))
        }
    }

    private static func conversation(_ text: String?) throws(ProtocolError) -> ConversationName? {
        guard let text else { return nil }
        return try ConversationName(text)
    }

    private static func room(_ text: String?) throws(ProtocolError) -> RoomName? {
        guard let text else { return nil }
        return try RoomName(text)
    }

    private static func onOff(_ text: String?) throws(ProtocolError) -> Bool? {
        switch text?.lowercased() {
        case nil: return nil
        case "on": return true
        case "off": return false
        default: throw ProtocolError(.badRequest, "")
        }
    }

    private static func label(_ text: String?) throws(ProtocolError) -> FileLabel? {
        guard let text else { return nil }
        return try FileLabel(text)
    }

    private static func level(_ text: String?) throws(ProtocolError) -> NotifyLevel? {
        guard let text else { return nil }
        guard let level = NotifyLevel(rawValue: text.lowercased()) else { throw ProtocolError(.badRequest, "") }
        return level
    }

    // MARK: Words

    private static func isBlank(_ character: Character) -> Bool { character == " " || character == "\t" }

    private static func rest(of line: String, after count: Int) -> Substring {
        var rest = line[...].drop(while: isBlank)
        for _ in 0..<count { rest = rest.drop { !isBlank($0) }.drop(while: isBlank) }
        return rest
    }

    /// At most `count` arguments, and what is too much as one more. The last takes the rest of the line, so that names
    /// of files may hold blanks; one pair of quotes around an argument is not part of it.
    private static func split(_ text: Substring, count: Int) -> [String] {
        var arguments: [String] = []
        var rest = text
        while !rest.isEmpty {
            if arguments.count + 1 >= count {
                arguments.append(unquoted(trimmed(rest)))
                break
            }
            let word = rest.prefix { !isBlank($0) }
            arguments.append(unquoted(word))
            rest = rest[word.endIndex...].drop(while: isBlank)
        }
        return arguments
    }

    private static func trimmed(_ text: Substring) -> Substring {
        var text = text
        while let last = text.last, isBlank(last) { text.removeLast() }
        return text
    }

    private static func unquoted(_ text: Substring) -> String {
        guard let quote = text.first, quote == "\"" || quote == "'", text.count > 1, text.last == quote else {
            return String(text)
        }
        return String(text.dropFirst().dropLast())
    }
}
