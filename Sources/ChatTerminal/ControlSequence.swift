/// A complete CSI sequence, and what it says.
struct ControlSequence {
    enum Meaning: Equatable {
        case event(InputEvent)
        case pasteStart
        /// A reply, or nothing we know.
        case nothing
    }

    let parameters: ArraySlice<UInt8>
    let final: UInt8

    var meaning: Meaning {
        // Replies carry a private mark or an intermediate byte; the mouse carries `<`.
        if let mark = parameters.first, (0x3C...0x3F).contains(mark) {
            return mark == UInt8(ascii: "<") ? mouse(numbers(parameters.dropFirst())) : .nothing
        }
        if parameters.contains(where: { $0 < 0x30 }) { return .nothing }
        let numbers = numbers(parameters)
        let modifiers = Key.Modifiers(xtermParameter: numbers.dropFirst().first ?? 1)
        switch final {
        case UInt8(ascii: "~"): return tilde(numbers, modifiers)
        case UInt8(ascii: "^"): return tilde(numbers, .control)
        case UInt8(ascii: "@"): return tilde(numbers, [.control, .shift])
        case UInt8(ascii: "u"): return unicodeKey(numbers.first, modifiers)
        case UInt8(ascii: "Z"): return key(.tab, modifiers.union(.shift))
        case UInt8(ascii: "I"): return parameters.isEmpty ? .event(.focus(true)) : .nothing
        case UInt8(ascii: "O"): return parameters.isEmpty ? .event(.focus(false)) : .nothing
        default:
            // A cursor position looks like a modified F3, but for its row.
            guard let code = Self.cursorKey(final), numbers.count <= 2, numbers.first ?? 1 <= 1 else { return .nothing }
            return key(code, modifiers)
        }
    }

    /// The keys that a single letter names, after CSI or SS3.
    static func cursorKey(_ final: UInt8) -> Key.Code? {
        switch final {
        case UInt8(ascii: "A"): .up
        case UInt8(ascii: "B"): .down
        case UInt8(ascii: "C"): .right
        case UInt8(ascii: "D"): .left
        case UInt8(ascii: "H"): .home
        case UInt8(ascii: "F"): .end
        case UInt8(ascii: "P"): .function(1)
        case UInt8(ascii: "Q"): .function(2)
        case UInt8(ascii: "R"): .function(3)
        case UInt8(ascii: "S"): .function(4)
        default: nil
        }
    }

    static func number(_ digits: ArraySlice<UInt8>) -> Int? {
        var value = 0
        for digit in digits {
            guard (0x30...0x39).contains(digit), value < 1_000_000 else { return nil }
            value = value * 10 + Int(digit - 0x30)
        }
        return digits.isEmpty ? nil : value
    }

    private func numbers(_ text: ArraySlice<UInt8>) -> [Int] {
        if text.isEmpty { return [] }
        return text.split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false).map { field in
            Self.number(field.prefix { $0 != UInt8(ascii: ":") }) ?? 0
        }
    }

    private func key(_ code: Key.Code, _ modifiers: Key.Modifiers) -> Meaning {
        .event(.key(Key(code, modifiers)))
    }

    private func tilde(_ numbers: [Int], _ modifiers: Key.Modifiers) -> Meaning {
        guard let number = numbers.first else { return .nothing }
        switch number {
        case 1, 7: return key(.home, modifiers)
        case 2: return key(.insert, modifiers)
        case 3: return key(.delete, modifiers)
        case 4, 8: return key(.end, modifiers)
        case 5: return key(.pageUp, modifiers)
        case 6: return key(.pageDown, modifiers)
        case 11...15: return key(.function(number - 10), modifiers)
        case 17...21: return key(.function(number - 11), modifiers)
        case 23...26: return key(.function(number - 12), modifiers)
        case 28, 29: return key(.function(number - 13), modifiers)
        case 31...34: return key(.function(number - 14), modifiers)
        case 27 where numbers.count == 3: return unicodeKey(numbers[2], modifiers)
        case 200: return .pasteStart
        default: return .nothing
        }
    }

    /// A key as its code point: xterm's modifyOtherKeys and the `CSI u` of newer terminals.
    private func unicodeKey(_ value: Int?, _ modifiers: Key.Modifiers) -> Meaning {
        guard let value, let scalar = UInt32(exactly: value).flatMap(Unicode.Scalar.init) else { return .nothing }
        switch scalar.value {
        case 8, 127: return key(.backspace, modifiers)
        case 9: return key(.tab, modifiers)
        case 13: return key(.enter, modifiers)
        case 27: return key(.escape, modifiers)
        case ..<0x20, 0x80..<0xA0, 0xE000...0xF8FF: return .nothing
        case 0x41...0x5A where modifiers.contains(.control):
            return key(.character(Character(scalar.properties.lowercaseMapping)), modifiers)
        default:
            // Shift is in the letter already.
            let rest = modifiers.contains(.control) ? modifiers : modifiers.subtracting(.shift)
            return key(.character(Character(scalar)), rest)
        }
    }

    private func mouse(_ numbers: [Int]) -> Meaning {
        guard numbers.count == 3, numbers[1] > 0, numbers[2] > 0 else { return .nothing }
        guard final == UInt8(ascii: "M") || final == UInt8(ascii: "m") else { return .nothing }
        let bits = numbers[0]
        guard let action = mouseAction(bits, isRelease: final == UInt8(ascii: "m")) else { return .nothing }
        var modifiers: Key.Modifiers = []
        if bits & 4 != 0 { modifiers.insert(.shift) }
        if bits & 8 != 0 { modifiers.insert(.alt) }
        if bits & 16 != 0 { modifiers.insert(.control) }
        return .event(.mouse(MouseEvent(action, at: Position(row: numbers[2] - 1, column: numbers[1] - 1), modifiers)))
    }

    private func mouseAction(_ bits: Int, isRelease: Bool) -> MouseEvent.Action? {
        switch bits & ~0b11100 {
        case 64: return .wheelUp
        case 65: return .wheelDown
        case 35: return .move
        default: break
        }
        let buttons: [MouseEvent.Button] = [.left, .middle, .right]
        guard bits & ~0b111111 == 0, bits & 3 < 3 else { return nil }
        let button = buttons[bits & 3]
        if isRelease { return .release(button) }
        return bits & 32 != 0 ? .drag(button) : .press(button)
    }
}
