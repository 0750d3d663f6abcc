/// Writes a tar archive, one member after the other.
struct TarWriter {
    private let file: PlainFile
    private let time: Int64

    /// - Parameter time: of every member, in seconds since the Unix epoch.
    init(creating path: String, time: Int64) throws {
        file = try PlainFile(creating: path)
        self.time = time
    }

    func add(_ name: String, _ bytes: [UInt8]) throws {
        try put(TarHeader(name: name, size: Int64(bytes.count), time: time).encoded)
        try put(bytes)
        try pad(after: Int64(bytes.count))
    }

    /// Adds a file that nobody changes any more.
    /// - Returns: what was read.
    func add(_ name: String, contentOf source: PlainFile, size: Int64) throws -> ContentDigest {
        try put(TarHeader(name: name, size: size, time: time).encoded)
        var digester = ContentDigester()
        try source.forEachChunk { bytes in
            digester.update(bytes)
            try file.write(bytes)
        }
        guard digester.digest.size == size else {
            throw AdministrationError("\(source.path) changed while it was read. Try again.")
        }
        try pad(after: size)
        return digester.digest
    }

    /// Ends the archive; it is durable on return.
    func finish() throws {
        try put([UInt8](repeating: 0, count: 2 * TarHeader.block))
        try file.sync()
    }

    private func pad(after size: Int64) throws { try put([UInt8](repeating: 0, count: TarHeader.padding(after: size))) }

    private func put(_ bytes: [UInt8]) throws { try bytes.withUnsafeBytes { try file.write($0) } }
}
