/// Turns the code points of one cluster into the atoms that are drawn for it.
struct ClusterReduction {
    private var current: TextAtom?

    /// Takes the next code point. False if the rest of the cluster is not drawn.
    mutating func take(_ scalar: Unicode.Scalar, _ body: (TextAtom) -> Void) -> Bool {
        if let letter = Self.flagLetter(scalar) {
            start(TextAtom(base: letter, width: 1), body)
            return true
        }
        if Invisibles.contains(scalar) {
            // A joined emoji becomes its first. Between letters the joiner is simply not drawn.
            let endsHere = scalar == Invisibles.joiner && current.map { Self.isPictograph($0.base) } == true
            return !endsHere
        }
        if current != nil, Self.isSkinTone(scalar) || scalar.value == 0x20E3 {
            return true
        }
        if let syllable = current.flatMap({ Self.compose($0.base, scalar) }) {
            current?.base = syllable
            return true
        }
        switch WidthTable.widthClass(of: scalar) {
        case .zero: addMark(scalar)
        case .narrow: start(TextAtom(base: scalar, width: 1), body)
        case .wide: start(TextAtom(base: scalar, width: 2), body)
        case .unknown: start(TextAtom(base: "\u{FFFD}", width: 1), body)
        case .unknownWide: start(TextAtom(base: "\u{FFFD}", width: 2), body)
        }
        return true
    }

    mutating func finish(_ body: (TextAtom) -> Void) {
        if let atom = current { body(atom) }
        current = nil
    }

    private mutating func start(_ atom: TextAtom, _ body: (TextAtom) -> Void) {
        finish(body)
        current = atom
    }

    private mutating func addMark(_ mark: Unicode.Scalar) {
        guard var atom = current else {
            // A mark that has nothing to combine with gets the circle that Unicode's charts give it.
            current = TextAtom(base: "\u{25CC}", marks: [mark], width: 1)
            return
        }
        guard atom.marks.count < TextAtom.maximumMarks, atom.base != "\u{FFFD}" else { return }
        atom.marks.append(mark)
        current = atom
    }

    private static func flagLetter(_ scalar: Unicode.Scalar) -> Unicode.Scalar? {
        guard (0x1F1E6...0x1F1FF).contains(scalar.value) else { return nil }
        return Unicode.Scalar(0x41 + scalar.value - 0x1F1E6)
    }

    private static func isSkinTone(_ scalar: Unicode.Scalar) -> Bool {
        (0x1F3FB...0x1F3FF).contains(scalar.value)
    }

    private static func isPictograph(_ scalar: Unicode.Scalar) -> Bool {
        scalar.value > 0xFF && (scalar.properties.isEmoji || scalar.value == 0xFFFD)
    }

    /// The syllable that two Hangul letters make: terminals disagree about the letters, not about the syllable.
    private static func compose(_ first: Unicode.Scalar, _ second: Unicode.Scalar) -> Unicode.Scalar? {
        let (base, next) = (first.value, second.value)
        if (0x1100...0x1112).contains(base), (0x1161...0x1175).contains(next) {
            return Unicode.Scalar(0xAC00 + ((base - 0x1100) * 21 + next - 0x1161) * 28)
        }
        let isOpenSyllable = (0xAC00...0xD7A3).contains(base) && (base - 0xAC00) % 28 == 0
        if isOpenSyllable, (0x11A8...0x11C2).contains(next) {
            return Unicode.Scalar(base + next - 0x11A7)
        }
        return nil
    }
}
