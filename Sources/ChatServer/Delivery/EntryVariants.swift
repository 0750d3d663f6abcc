import ChatProtocol
import ChatStore
import NIOCore

/// The bytes of one entry for everybody who hears of it: each variant is encoded once, when first needed.
/// (Protocol: The log)
///
/// Used again for the next entry, and so is its memory.
struct EntryVariants {
    private struct Variant {
        var bytes = ByteBuffer()
        var isEncoded = false

        mutating func encoded(_ encode: (inout ByteBuffer) -> Void) -> ByteBuffer {
            if !isEncoded {
                bytes.clear()
                encode(&bytes)
                isEncoded = true
            }
            return bytes
        }
    }

    private let memory: JSONMemory
    private var author = Variant()
    private var others = Variant()
    private var lines = Variant()
    private var classic = Variant()

    init(memory: JSONMemory) { self.memory = memory }

    /// Forgets the entry before.
    mutating func begin() {
        author.isEncoded = false
        others.isEncoded = false
        lines.isEncoded = false
        classic.isEncoded = false
    }

    /// For a subscribed connection. A direct conversation has two sides, and each is one of the two variants.
    mutating func event(_ entry: StoredEntry, for reader: UserID) -> ByteBuffer {
        func encode(_ buffer: inout ByteBuffer) { entry.encodeEvent(for: reader, to: &buffer, in: memory) }
        return reader == entry.post.author.id ? author.encoded(encode) : others.encoded(encode)
    }

    /// For a connection that joined the room and never subscribed; nil for what the first client does not know.
    mutating func broadcast(_ entry: StoredEntry, _ framing: Framing) -> ByteBuffer? {
        guard let broadcast = Self.classicBroadcast(entry) else { return nil }
        switch framing {
        case .lines: return lines.encoded { broadcast.encode(.lines, to: &$0) }
        case .classic: return classic.encoded { broadcast.encode(.classic, to: &$0) }
        }
    }

    private static func classicBroadcast(_ entry: StoredEntry) -> ClassicBroadcast? {
        guard case .room(let room) = entry.place else { return nil }
        let (username, display, text): (String, String, String)
        switch entry.post.kind {
        case .message:
            (username, display, text) = (entry.post.author.username.text, entry.post.author.name, entry.post.text)
        case .file(let file):
            (username, display, text) = (system, system, "\(entry.post.author.name) mengirim file [\(file.label)]")
        case .member(.joined):
            (username, display, text) = (system, system, "\(entry.post.author.name) telah bergabung")
        case .member(.left):
            (username, display, text) = (system, system, "\(entry.post.author.name) telah keluar")
        case .member, .unknown:
            return nil
        }
        return ClassicBroadcast(username: username, display: display, text: text, room: room, seq: entry.seq)
    }

    private static let system = ClassicBroadcast.system
}
