import ChatProtocol
import Crypto

/// The length and the SHA-256 of some bytes: by these a content is known.
struct ContentDigest: Hashable {
    var size: Int64
    var sha256: String

    init(size: Int64, sha256: String) { (self.size, self.sha256) = (size, sha256) }

    /// Of a whole file.
    init(of path: String) throws {
        var digester = ContentDigester()
        try PlainFile(reading: path).forEachChunk { digester.update($0) }
        self = digester.digest
    }
}

/// Makes a digest of bytes as they pass.
struct ContentDigester {
    private var hash = SHA256()
    private var size: Int64 = 0

    mutating func update(_ bytes: UnsafeRawBufferPointer) {
        hash.update(bufferPointer: bytes)
        size += Int64(bytes.count)
    }

    var digest: ContentDigest {
        ContentDigest(size: size, sha256: ContentHash(digest: Array(hash.finalize()))?.text ?? "")
    }
}
