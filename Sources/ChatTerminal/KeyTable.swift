/// Which byte sequences are which keys, beyond those that ``InputDecoder`` reads by their grammar.
///
/// It holds what terminfo says about this terminal and the odd ones out of well-known terminals.
package struct KeyTable: Hashable, Sendable {
    private var keys: [[UInt8]: Key] = [:]
    private var prefixes: Set<[UInt8]> = []
    private(set) var longest = 0

    package init() {}

    /// Adds a sequence. Only those that begin with ESC and go on are taken: a bare letter cannot be a special key.
    package mutating func add(_ sequence: some Sequence<UInt8>, _ key: Key) {
        let bytes = Array(sequence)
        guard bytes.count > 1, bytes[0] == 0x1B else { return }
        keys[bytes] = key
        longest = max(longest, bytes.count)
        for count in 1..<bytes.count { prefixes.insert(Array(bytes.prefix(count))) }
    }

    enum Match: Equatable {
        case key(Key, length: Int)
        /// More bytes could make it a key.
        case partial
        case none
    }

    func match(_ bytes: ArraySlice<UInt8>) -> Match {
        if bytes.count < longest, prefixes.contains(Array(bytes)) { return .partial }
        var length = min(longest, bytes.count)
        while length > 1 {
            if let key = keys[Array(bytes.prefix(length))] { return .key(key, length: length) }
            length -= 1
        }
        return .none
    }

    /// The Linux console's F1–F5 and rxvt's arrows, which no grammar covers.
    package static let standard: KeyTable = {
        var table = KeyTable()
        for (index, letter) in "ABCDE".utf8.enumerated() {
            table.add([0x1B, 0x5B, 0x5B, letter], Key(.function(index + 1)))
        }
        let arrows: [(UInt8, Key.Code)] = [(0x61, .up), (0x62, .down), (0x63, .right), (0x64, .left)]
        for (letter, code) in arrows {
            table.add([0x1B, 0x5B, letter], Key(code, .shift))
            table.add([0x1B, 0x4F, letter], Key(code, .control))
        }
        return table
    }()

    /// The names that terminfo has for keys, standard and extended.
    package static let capabilities: [(name: String, key: Key)] = {
        var list: [(name: String, key: Key)] = [
            ("kcuu1", Key(.up)), ("kcud1", Key(.down)), ("kcub1", Key(.left)), ("kcuf1", Key(.right)),
            ("khome", Key(.home)), ("kend", Key(.end)), ("kpp", Key(.pageUp)), ("knp", Key(.pageDown)),
            ("kich1", Key(.insert)), ("kdch1", Key(.delete)), ("kcbt", Key(.tab, .shift)), ("kent", Key(.enter)),
            ("kri", Key(.up, .shift)), ("kind", Key(.down, .shift)), ("kLFT", Key(.left, .shift)),
            ("kRIT", Key(.right, .shift)), ("kHOM", Key(.home, .shift)), ("kEND", Key(.end, .shift)),
            ("kPRV", Key(.pageUp, .shift)), ("kNXT", Key(.pageDown, .shift)), ("kDC", Key(.delete, .shift)),
        ]
        for number in 1...12 { list.append(("kf\(number)", Key(.function(number)))) }
        let extended: [(String, Key.Code)] = [
            ("kUP", .up), ("kDN", .down), ("kLFT", .left), ("kRIT", .right), ("kHOM", .home), ("kEND", .end),
            ("kPRV", .pageUp), ("kNXT", .pageDown), ("kDC", .delete), ("kIC", .insert),
        ]
        for (name, code) in extended {
            for parameter in 2...8 {
                list.append(("\(name)\(parameter)", Key(code, Key.Modifiers(xtermParameter: parameter))))
            }
        }
        return list
    }()
}

extension Key.Modifiers {
    /// From the number that xterm sends with a key: one more than a sum of 1 for Shift, 2 Alt, 4 Control, 8 Meta.
    init(xtermParameter parameter: Int) {
        let bits = max(0, parameter - 1)
        self = []
        if bits & 1 != 0 { insert(.shift) }
        if bits & 0b1010 != 0 { insert(.alt) }
        if bits & 4 != 0 { insert(.control) }
    }
}
