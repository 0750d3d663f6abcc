/// Code points that show nothing by themselves: joiners, selectors, direction marks, fillers, tags.
enum Invisibles {
    static let nonJoiner: Unicode.Scalar = "\u{200C}"
    static let joiner: Unicode.Scalar = "\u{200D}"

    /// Unicode's default-ignorable code points, and the interlinear annotations.
    static func contains(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case ..<0xAD: false
        case 0xAD, 0x34F, 0x61C, 0x3164, 0xFEFF, 0xFFA0: true
        case 0x115F...0x1160, 0x17B4...0x17B5, 0x180B...0x180F: true
        case 0x200B...0x200F, 0x202A...0x202E, 0x2060...0x206F: true
        case 0xFE00...0xFE0F, 0xFFF0...0xFFFB: true
        case 0x1BCA0...0x1BCA3, 0x1D173...0x1D17A, 0xE0000...0xE0FFF: true
        default: false
        }
    }

    static func isVariationSelector(_ scalar: Unicode.Scalar) -> Bool {
        (0xFE00...0xFE0F).contains(scalar.value)
    }

    static func isTag(_ scalar: Unicode.Scalar) -> Bool {
        (0xE0020...0xE007F).contains(scalar.value)
    }
}
