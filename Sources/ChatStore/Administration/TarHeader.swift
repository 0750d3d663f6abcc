/// What stands before a member of a tar archive: the POSIX `ustar` form, with a `pax` record for what is too large for it.
package struct TarHeader {
    package enum Kind: Equatable, Sendable {
        case file, folder
        /// A `pax` record about the next member, or about all that follow.
        case extended, global
        /// A link, a device, or what only some programs know.
        case other(UInt8)
    }

    package var name: String
    package var size: Int64
    /// Seconds since the Unix epoch.
    package var time: Int64 = 0
    package var kind = Kind.file

    package init(name: String, size: Int64, time: Int64 = 0, kind: Kind = .file) {
        (self.name, self.size, self.time, self.kind) = (name, size, time, kind)
    }

    package static let block = 512

    /// What fills the last block of so many bytes.
    package static func padding(after size: Int64) -> Int { Int((512 - size % 512) % 512) }

    // MARK: Writing

    private static let largestSize: Int64 = 0o77777777777

    /// One block, or three.
    package var encoded: [UInt8] {
        guard size > Self.largestSize else { return block(type: type, size: size) }
        let record = Self.record(" size=\(size)\n")
        let extended = TarHeader(name: "PaxHeaders/" + name, size: Int64(record.count), time: time, kind: .extended)
        return extended.encoded + record
            + [UInt8](repeating: 0, count: Self.padding(after: extended.size))
            + block(type: type, size: Self.largestSize)
    }

    private var type: UInt8 {
        switch kind {
        case .file: UInt8(ascii: "0")
        case .folder: UInt8(ascii: "5")
        case .extended: UInt8(ascii: "x")
        case .global: UInt8(ascii: "g")
        case .other(let type): type
        }
    }

    /// A `pax` record begins with its own length, the digits of that included.
    private static func record(_ rest: String) -> [UInt8] {
        var length = rest.utf8.count
        while "\(length)".utf8.count + rest.utf8.count != length { length = "\(length)".utf8.count + rest.utf8.count }
        return Array("\(length)\(rest)".utf8)
    }

    private func block(type: UInt8, size: Int64) -> [UInt8] {
        var block = [UInt8](repeating: 0, count: Self.block)
        func put(_ text: String, at place: Int) { for (index, byte) in text.utf8.enumerated() { block[place + index] = byte } }
        func octal(_ number: Int64, digits: Int) -> String {
            let text = String(number, radix: 8)
            return String(repeating: "0", count: max(0, digits - text.count)) + text
        }
        put(String(name.prefix(99)), at: 0)
        put(octal(0o600, digits: 7), at: 100)
        put(octal(0, digits: 7), at: 108)
        put(octal(0, digits: 7), at: 116)
        put(octal(size, digits: 11), at: 124)
        put(octal(time, digits: 11), at: 136)
        block[156] = type
        put("ustar", at: 257)
        put("00", at: 263)
        put(octal(Int64(Self.checksum(block)), digits: 6), at: 148)
        block[154] = 0
        block[155] = UInt8(ascii: " ")
        return block
    }

    /// The sum of a header's bytes, its own eight counted as spaces.
    private static func checksum(_ block: [UInt8]) -> Int {
        block.indices.reduce(0) { $0 + ((148..<156).contains($1) ? 32 : Int(block[$1])) }
    }
}

extension TarHeader {
    /// - Returns: nil for a block that is no header.
    package init?(block: [UInt8]) {
        guard block.count == Self.block, let sum = Self.number(block[148..<156]), Int64(Self.checksum(block)) == sum,
            let size = Self.number(block[124..<136])
        else { return nil }
        let prefix = block[257..<262].elementsEqual("ustar".utf8) && block[262] == 0 ? Self.text(block[345..<500]) : ""
        let name = Self.text(block[0..<100])
        self.name = prefix.isEmpty ? name : prefix + "/" + name
        self.size = size
        time = Self.number(block[136..<148]) ?? 0
        kind =
            switch block[156] {
            case 0, UInt8(ascii: "0"): .file
            case UInt8(ascii: "5"): .folder
            case UInt8(ascii: "x"): .extended
            case UInt8(ascii: "g"): .global
            case let type: .other(type)
            }
    }

    /// Takes over what a `pax` record says of this member.
    /// - Returns: false if it cannot be read.
    package mutating func apply(_ record: [UInt8]) -> Bool {
        var rest = record[...]
        while let space = rest.firstIndex(of: UInt8(ascii: " ")) {
            guard let length = Int(String(decoding: rest[..<space], as: UTF8.self)), length > space - rest.startIndex + 1,
                length <= rest.count, rest[rest.startIndex + length - 1] == UInt8(ascii: "\n")
            else { return false }
            let pair = rest[(space + 1)..<(rest.startIndex + length - 1)].split(
                separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false
            ).map { String(decoding: $0, as: UTF8.self) }
            guard pair.count == 2 else { return false }
            if pair[0] == "path" { name = pair[1] }
            if pair[0] == "size" {
                guard let size = Int64(pair[1]), size >= 0 else { return false }
                self.size = size
            }
            rest = rest.dropFirst(length)
        }
        return rest.isEmpty
    }

    private static func text(_ bytes: ArraySlice<UInt8>) -> String { String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self) }

    /// In octal digits, or as GNU tar writes what is too large for them: binary, marked by the highest bit.
    private static func number(_ bytes: ArraySlice<UInt8>) -> Int64? {
        if bytes.first == 0x80 {
            guard bytes.dropLast(8).dropFirst().allSatisfy({ $0 == 0 }) else { return nil }
            let value = bytes.suffix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
            return Int64(exactly: value)
        }
        let digits = text(bytes).split(separator: " ", omittingEmptySubsequences: true).first ?? "0"
        guard let value = Int64(digits, radix: 8), value >= 0 else { return nil }
        return value
    }
}
