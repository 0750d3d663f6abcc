import ChatProtocol
import ChatStore
import NIOCore

/// The bytes of one entry for everybody who hears of it: each variant is encoded once, when first needed.
/// (Protocol: The log)
struct EntryVariants {
    private let entry: StoredEntry
    private var author: ByteBuffer?
    private var others: ByteBuffer?
    private var lines: ByteBuffer?
    private var classic: ByteBuffer?

    init(_ entry: StoredEntry) { self.entry = entry }

    /// For a subscribed connection. A direct conversation has two sides, and each is one of the two variants.
    mutating func event(for reader: UserID) -> ByteBuffer {
        if reader == entry.author.id {
            if let author { return author }
            let encoded = Event.message(entry.entry(for: reader)).encoded()
            author = encoded
            return encoded
        }
        if let others { return others }
        let encoded = Event.message(entry.entry(for: reader)).encoded()
        others = encoded
        return encoded
    }

    /// For a connection that joined the room and never subscribed; nil for what the first client does not know.
    mutating func broadcast(_ framing: Framing) -> ByteBuffer? {
        switch framing {
        case .lines:
            if lines == nil { lines = classicBroadcast()?.encoded(framing: .lines) }
            return lines
        case .classic:
            if classic == nil { classic = classicBroadcast()?.encoded(framing: .classic) }
            return classic
        }
    }

    private func classicBroadcast() -> ClassicBroadcast? {
        guard case .room(let room) = entry.place else { return nil }
        let (username, display, text): (String, String, String)
        switch entry.kind {
        case .message:
            (username, display, text) = (entry.author.username.text, entry.author.name, entry.text)
        case .file(let file):
            (username, display, text) = (Self.system, Self.system, "\(entry.author.name) mengirim file [\(file.label)]")
        case .member(.joined):
            (username, display, text) = (Self.system, Self.system, "\(entry.author.name) telah bergabung")
        case .member(.left):
            (username, display, text) = (Self.system, Self.system, "\(entry.author.name) telah keluar")
        case .member, .unknown:
            return nil
        }
        return ClassicBroadcast(username: username, display: display, text: text, room: room, seq: entry.seq)
    }

    private static let system = ClassicBroadcast.system
}
