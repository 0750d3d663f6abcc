public import ChatProtocol
public import NIOCore

/// An entry as it was stored: what somebody posted, and the place that it took.
public struct StoredEntry: Sendable {
    public let post: Post
    public let conversation: ConversationID
    public let place: Place
    public let seq: Seq
    public let time: Timestamp

    /// Writes the event that tells this reader of it behind what a buffer holds. Only its author sees the nonce.
    public func encodeEvent(for reader: UserID, to buffer: inout ByteBuffer, in memory: JSONMemory) {
        Entry.encodeEvent(
            conversation: place.name(for: reader), seq: seq, kind: post.kind, author: post.author.username,
            authorName: post.author.name, text: post.text, time: time, nonce: reader == post.author.id ? post.nonce : nil,
            ref: post.ref, to: &buffer, in: memory)
    }
}
