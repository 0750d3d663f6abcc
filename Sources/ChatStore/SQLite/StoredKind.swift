import ChatProtocol

/// Kinds of entries in the database. The numbers are for ever.
enum StoredKind {
    static let message: Int64 = 0
    static let file: Int64 = 1
    static let member: Int64 = 2
    static let other: Int64 = 99
}

extension Post {
    /// The number of the kind and what the body column holds for it.
    var stored: (kind: Int64, body: String) {
        switch kind {
        case .message: (StoredKind.message, text)
        case .file(let file): (StoredKind.file, file.id.text)
        case .member(let action): (StoredKind.member, action.rawValue)
        case .unknown(let name): (StoredKind.other, name)
        }
    }
}
