/// Reads a tar archive, one member after the other.
struct TarReader {
    private let file: PlainFile
    /// Bytes of the member that are still to be read, and what fills its last block.
    private var left: Int64 = 0
    private var padding = 0

    init(reading path: String) throws { file = try PlainFile(reading: path) }

    /// The next member; nil at the end of the archive.
    mutating func next() throws -> TarHeader? {
        try read { _ in }
        var records: [[UInt8]] = []
        while true {
            let block = try take(TarHeader.block)
            if block.allSatisfy({ $0 == 0 }) { return nil }
            guard var header = TarHeader(block: block) else {
                throw AdministrationError("\(file.path) is not a tar archive, or it is damaged.")
            }
            switch header.kind {
            case .extended, .global:
                guard header.size <= 1 << 16 else { throw unreadable }
                let record = try take(Int(header.size))
                _ = try take(TarHeader.padding(after: header.size))
                if header.kind == .extended { records.append(record) }
            case .file, .folder, .other:
                for record in records where !header.apply(record) { throw unreadable }
                left = header.size
                padding = TarHeader.padding(after: header.size)
                return header
            }
        }
    }

    /// The content of the member that `next` found, in stretches.
    mutating func read(_ body: (UnsafeRawBufferPointer) throws -> Void) throws {
        try PlainFile.withBuffer { buffer in
            while left > 0 {
                let wanted = Int(min(left, Int64(buffer.count)))
                let part = UnsafeMutableRawBufferPointer(rebasing: buffer[..<wanted])
                guard try file.read(into: part) == wanted else { throw tooShort }
                left -= Int64(wanted)
                try body(UnsafeRawBufferPointer(part))
            }
        }
        _ = try take(padding)
        padding = 0
    }

    private func take(_ count: Int) throws -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        let taken = try bytes.withUnsafeMutableBytes { try file.read(into: $0) }
        guard taken == count else { throw tooShort }
        return bytes
    }

    private var tooShort: AdministrationError {
        AdministrationError("\(file.path) ends too early: it was not written or copied to its end.")
    }

    private var unreadable: AdministrationError {
        AdministrationError("\(file.path) holds a header that cannot be read: it is damaged.")
    }
}
