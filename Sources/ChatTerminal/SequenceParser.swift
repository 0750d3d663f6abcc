/// Reads the first key, report or reply of some bytes.
struct SequenceParser {
    enum Outcome: Equatable {
        case event(InputEvent, length: Int)
        /// So many bytes are none of our business.
        case nothing(length: Int)
        case pasteStart(length: Int)
        case incomplete

        static func key(_ code: Key.Code, _ modifiers: Key.Modifiers = [], length: Int) -> Outcome {
            .event(.key(Key(code, modifiers)), length: length)
        }
    }

    static let escape: UInt8 = 0x1B

    /// Not empty.
    let bytes: ArraySlice<UInt8>
    let keys: KeyTable
    /// True if nothing more will come in time.
    let isFinal: Bool

    func next() -> Outcome {
        guard let first = byte(0) else { return .nothing(length: 0) }
        guard first == Self.escape else { return plain(at: 0, alt: false) }
        switch keys.match(bytes) {
        case .key(let key, let length): return .event(.key(key), length: length)
        case .partial where !isFinal: return .incomplete
        case .partial, .none: return escapeSequence(at: 0, alt: false)
        }
    }

    private func byte(_ offset: Int) -> UInt8? {
        offset < bytes.count ? bytes[bytes.startIndex + offset] : nil
    }

    // MARK: Characters and control characters

    private func plain(at offset: Int, alt: Bool) -> Outcome {
        guard let value = byte(offset) else { return .incomplete }
        let modifiers: Key.Modifiers = alt ? .alt : []
        let length = offset + 1
        switch value {
        case 0x0D: return .key(.enter, modifiers, length: length)
        case 0x09: return .key(.tab, modifiers, length: length)
        case 0x08, 0x7F: return .key(.backspace, modifiers, length: length)
        case 0x00: return .key(.character(" "), modifiers.union(.control), length: length)
        case 0x01..<0x1B:
            return .key(.character(Character(Unicode.Scalar(value + 0x60))), modifiers.union(.control), length: length)
        case 0x1B: return .key(.escape, modifiers, length: length)
        case 0x1C..<0x20:
            return .key(.character(Character(Unicode.Scalar(value + 0x40))), modifiers.union(.control), length: length)
        case 0x20..<0x7F: return .key(.character(Character(Unicode.Scalar(value))), modifiers, length: length)
        default: return character(at: offset, modifiers)
        }
    }

    private func character(at offset: Int, _ modifiers: Key.Modifiers) -> Outcome {
        switch UTF8Prefix.decode(bytes.dropFirst(offset)) {
        case .scalar(let scalar, let length):
            // C1 controls are neither keys nor text.
            if scalar.value < 0xA0 { return .nothing(length: offset + length) }
            return .key(.character(Character(scalar)), modifiers, length: offset + length)
        case .incomplete(let length):
            return isFinal ? .key(.character("\u{FFFD}"), modifiers, length: offset + length) : .incomplete
        case .invalid(let length):
            return .key(.character("\u{FFFD}"), modifiers, length: offset + length)
        }
    }

    // MARK: What begins with ESC

    /// - Parameter offset: where the ESC stands; 1 if another before it means Alt, as rxvt sends it.
    private func escapeSequence(at offset: Int, alt: Bool) -> Outcome {
        let lone = Outcome.key(.escape, length: 1)
        guard let second = byte(offset + 1) else { return isFinal ? lone : .incomplete }
        switch second {
        case Self.escape:
            guard !alt else { return lone }
            guard let third = byte(offset + 2) else { return isFinal ? lone : .incomplete }
            let isSequence = third == UInt8(ascii: "[") || third == UInt8(ascii: "O")
            return isSequence ? escapeSequence(at: offset + 1, alt: true) : lone
        case UInt8(ascii: "["):
            return controlSequence(at: offset, alt: alt)
        case UInt8(ascii: "O"):
            return singleShift(at: offset, alt: alt)
        case UInt8(ascii: "]"), UInt8(ascii: "P"), UInt8(ascii: "_"):
            return terminalString(at: offset, kind: second)
        default:
            return plain(at: offset + 1, alt: true)
        }
    }

    private func singleShift(at offset: Int, alt: Bool) -> Outcome {
        let start = offset + 2
        var end = start
        while let digit = byte(end), (0x30...0x39).contains(digit), end - start < 2 { end += 1 }
        guard let final = byte(end) else {
            if !isFinal { return .incomplete }
            return end == start ? .key(.character("O"), .alt, length: start) : .nothing(length: end)
        }
        var modifiers = Key.Modifiers(xtermParameter: number(start..<end) ?? 1)
        if alt { modifiers.insert(.alt) }
        if let code = ControlSequence.cursorKey(final) { return .key(code, modifiers, length: end + 1) }
        if end == start, final == UInt8(ascii: "M") { return .key(.enter, modifiers, length: end + 1) }
        if end == start, (0x6A...0x79).contains(final) {
            return .key(.character(Character(Unicode.Scalar(final - 0x40))), modifiers, length: end + 1)
        }
        return .key(.character("O"), .alt, length: start)
    }

    private func controlSequence(at offset: Int, alt: Bool) -> Outcome {
        let start = offset + 2
        var end = start
        while let value = byte(end), (0x20..<0x40).contains(value) { end += 1 }
        guard let final = byte(end) else {
            if !isFinal { return .incomplete }
            return end == start ? .key(.character("["), .alt, length: start) : .nothing(length: end)
        }
        // A control character or a letter outside of ASCII breaks the sequence off; it is read by itself.
        guard (0x40..<0x7F).contains(final) else {
            return end == start && isFinal ? .key(.character("["), .alt, length: start) : .nothing(length: end)
        }
        let length = end + 1
        if end == start, final == UInt8(ascii: "M") {
            // The oldest mouse report, which is never asked for: three more bytes.
            return byte(end + 3) == nil && !isFinal ? .incomplete : .nothing(length: min(length + 3, bytes.count))
        }
        let parameters = bytes[(bytes.startIndex + start)..<(bytes.startIndex + end)]
        switch ControlSequence(parameters: parameters, final: final).meaning {
        case .pasteStart: return .pasteStart(length: length)
        case .nothing: return .nothing(length: length)
        case .event(.key(var key)):
            if alt { key.modifiers.insert(.alt) }
            return .event(.key(key), length: length)
        case .event(let event): return .event(event, length: length)
        }
    }

    /// A string that the terminal sends in reply, up to BEL or ST. A letter after the introducer shows that it was Alt.
    private func terminalString(at offset: Int, kind: UInt8) -> Outcome {
        let altKey = Outcome.key(.character(Character(Unicode.Scalar(kind))), .alt, length: offset + 2)
        guard let first = byte(offset + 2) else { return isFinal ? altKey : .incomplete }
        let isDigit = (0x30...0x39).contains(first)
        let isReply =
            switch kind {
            case UInt8(ascii: "]"): isDigit
            case UInt8(ascii: "P"): isDigit || "$+>|!".utf8.contains(first)
            default: first == UInt8(ascii: "G")
            }
        guard isReply else { return altKey }
        var index = offset + 2
        while let value = byte(index) {
            index += 1
            if value == 0x07 { return .nothing(length: index) }
            guard value == Self.escape else { continue }
            guard let after = byte(index) else { break }
            // Another sequence begins: the string was broken off.
            return .nothing(length: after == UInt8(ascii: "\\") ? index + 1 : index - 1)
        }
        return isFinal ? .nothing(length: bytes.count) : .incomplete
    }

    private func number(_ range: Range<Int>) -> Int? {
        range.isEmpty ? nil : ControlSequence.number(bytes.dropFirst(range.lowerBound).prefix(range.count))
    }
}
