import NIOCore

/// Where a `JSONWriter` writes: plain memory, so that a field is a few moves of a pointer. Whoever writes often keeps one,
/// and writes into it again and again.
public final class JSONMemory {
    private(set) var bytes: UnsafeMutablePointer<UInt8>
    private(set) var capacity = 512

    public init() { bytes = .allocate(capacity: capacity) }

    deinit { bytes.deallocate() }

    func grow(by room: Int, keeping count: Int) {
        capacity = capacity * 2 + room
        let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity)
        larger.update(from: bytes, count: count)
        bytes.deallocate()
        bytes = larger
    }

    func write(_ count: Int, to buffer: inout ByteBuffer) {
        buffer.writeBytes(UnsafeRawBufferPointer(start: bytes, count: count))
    }
}
