import ChatProtocol

extension Entry {
    /// Whether it counts as unread for this reader: messages and files by others do. (Protocol: The log)
    func counts(for reader: Username) -> Bool {
        guard author != reader else { return false }
        return switch kind {
        case .message, .file: true
        case .member, .unknown: false
        }
    }

    /// Whether its text names this reader.
    func mentions(_ reader: Username) -> Bool { kind == .message && reader.isMentioned(in: text) }
}
