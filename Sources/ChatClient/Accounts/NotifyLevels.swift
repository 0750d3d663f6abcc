public import ChatProtocol
import Foundation

/// What of a conversation the person wants to be told of while they look elsewhere.
public enum NotifyLevel: String, Hashable, Sendable, CaseIterable, Codable {
    case all, mentions
    case nothing = "none"
}

extension ClientPaths {
    private func notifyFile(_ server: ServerAddress, _ username: Username) -> String {
        folder(in: state + "/notify", of: server) + "/@" + username.folded + ".json"
    }

    /// What an account chose on this machine. A conversation that is missing goes by what is usual.
    public func notifyLevels(of username: Username, at server: ServerAddress) -> [ConversationName: NotifyLevel] {
        guard let bytes = PrivateFiles.read(notifyFile(server, username)),
            let file = try? JSONDecoder().decode([String: String].self, from: Data(bytes))
        else { return [:] }
        var levels: [ConversationName: NotifyLevel] = [:]
        for (name, level) in file {
            guard let conversation = try? ConversationName(name) else { continue }
            levels[conversation] = NotifyLevel(rawValue: level)
        }
        return levels
    }

    /// Remembers all that an account chose.
    /// - Throws: why it cannot be, in words.
    public func keep(
        _ levels: [ConversationName: NotifyLevel], of username: Username, at server: ServerAddress
    ) throws {
        try PrivateFiles.makeFolder(folder(in: state + "/notify", of: server))
        // What cannot be read is not replaced by what little is known.
        _ = try PrivateFiles.content(notifyFile(server, username))
        var file: [String: String] = [:]
        for (conversation, level) in levels { file[conversation.description] = level.rawValue }
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        try PrivateFiles.replace(notifyFile(server, username), with: Array(try encoder.encode(file)))
    }
}
