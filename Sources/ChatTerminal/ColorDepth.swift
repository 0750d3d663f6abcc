/// How many colours the terminal can show, and which of them comes closest to a theme's.
package enum ColorDepth: Hashable, Sendable {
    /// Attributes alone: a terminal without colours, or a person who set NO_COLOR.
    case mono
    case ansi8
    case ansi16
    case indexed256
    case direct

    /// The number that ncurses knows the colour by: -1 for the terminal's own.
    func number(for color: Color) -> Int32 {
        switch (self, color) {
        case (_, .default), (.mono, _): -1
        case (.ansi8, .ansi(let index)): Int32(index % 8)
        case (.ansi16, .ansi(let index)), (.indexed256, .ansi(let index)): Int32(index % 16)
        case (.direct, .ansi(let index)):
            // Direct colour keeps only the first eight; the bright ones are taken at their usual values.
            index % 16 < 8 ? Int32(index % 16) : Self.direct(Palette.xterm[Int(index % 16)])
        case (.ansi8, .rgb(let red, let green, let blue)): Palette.nearest(to: RGB(red, green, blue), in: 0..<8)
        case (.ansi16, .rgb(let red, let green, let blue)): Palette.nearest(to: RGB(red, green, blue), in: 0..<16)
        case (.indexed256, .rgb(let red, let green, let blue)): Palette.nearest(to: RGB(red, green, blue), in: 16..<256)
        case (.direct, .rgb(let red, let green, let blue)): Self.direct(RGB(red, green, blue))
        }
    }

    /// In direct colour 0–7 still mean the user's first eight: the darkest blues give way.
    private static func direct(_ color: RGB) -> Int32 {
        let value = Int32(color.red) << 16 | Int32(color.green) << 8 | Int32(color.blue)
        return max(value, 8)
    }
}

struct RGB: Hashable, Sendable {
    let red: UInt8
    let green: UInt8
    let blue: UInt8

    init(_ red: UInt8, _ green: UInt8, _ blue: UInt8) {
        self.red = red
        self.green = green
        self.blue = blue
    }

    /// How different two colours look, roughly: the eye sees green best, and red the better the redder it is ("redmean").
    func distance(to other: RGB) -> Int {
        let mean = (Int(red) + Int(other.red)) / 2
        let reds = Int(red) - Int(other.red)
        let greens = Int(green) - Int(other.green)
        let blues = Int(blue) - Int(other.blue)
        return ((512 + mean) * reds * reds) / 256 + 4 * greens * greens + ((767 - mean) * blues * blues) / 256
    }
}

/// xterm's 256 colours. The first sixteen are usually the user's own, so that these are a guess.
enum Palette {
    static let xterm: [RGB] = {
        var colors = [
            RGB(0, 0, 0), RGB(205, 0, 0), RGB(0, 205, 0), RGB(205, 205, 0),
            RGB(0, 0, 238), RGB(205, 0, 205), RGB(0, 205, 205), RGB(229, 229, 229),
            RGB(127, 127, 127), RGB(255, 0, 0), RGB(0, 255, 0), RGB(255, 255, 0),
            RGB(92, 92, 255), RGB(255, 0, 255), RGB(0, 255, 255), RGB(255, 255, 255),
        ]
        let steps: [UInt8] = [0, 95, 135, 175, 215, 255]
        for red in steps {
            for green in steps {
                for blue in steps { colors.append(RGB(red, green, blue)) }
            }
        }
        for step in 0..<24 {
            let gray = UInt8(8 + step * 10)
            colors.append(RGB(gray, gray, gray))
        }
        return colors
    }()

    static func nearest(to color: RGB, in range: Range<Int>) -> Int32 {
        let nearest = range.min { xterm[$0].distance(to: color) < xterm[$1].distance(to: color) }
        return Int32(nearest ?? range.lowerBound)
    }
}
