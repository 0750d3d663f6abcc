/// A colour as a theme gives it.
package enum Color: Hashable, Sendable {
    /// The terminal's own colour, which may be transparent.
    case `default`
    /// One of the user's sixteen, 0–15; the number is taken modulo 16.
    case ansi(UInt8)
    case rgb(red: UInt8, green: UInt8, blue: UInt8)

    /// `0xrrggbb`.
    package static func hex(_ value: UInt32) -> Color {
        .rgb(
            red: UInt8(truncatingIfNeeded: value >> 16), green: UInt8(truncatingIfNeeded: value >> 8),
            blue: UInt8(truncatingIfNeeded: value))
    }
}

/// How letters look beside their colour. Also what a writer adds to a role, such as bold in a message's body.
package struct Emphasis: OptionSet, Hashable, Sendable {
    package let rawValue: UInt8

    package init(rawValue: UInt8) {
        self.rawValue = rawValue
    }

    package static let bold = Emphasis(rawValue: 1)
    package static let dim = Emphasis(rawValue: 2)
    package static let italic = Emphasis(rawValue: 4)
    package static let underline = Emphasis(rawValue: 8)
    package static let reverse = Emphasis(rawValue: 16)
}

/// The look of a role. A colour that is absent is taken from what lies below: the cell's ground, then the theme's base.
package struct Style: Hashable, Sendable {
    package var foreground: Color?
    package var background: Color?
    package var emphasis: Emphasis

    package init(foreground: Color? = nil, background: Color? = nil, emphasis: Emphasis = []) {
        self.foreground = foreground
        self.background = background
        self.emphasis = emphasis
    }
}

/// What every role looks like: the value that a theme file becomes.
///
/// A role without a style of its own takes that of its longest prefix (`message.author.self`, `message.author`,
/// `message`). The style of `ui.background` is the base under everything.
package struct StyleTable: Hashable, Sendable {
    /// The styles by full role name, as the theme gives them.
    package let styles: [String: Style]
    /// True if only the user's own sixteen colours may be used, as `terminal16` asks: true colour is then not turned on.
    package let usesPaletteOnly: Bool

    package init(styles: [String: Style], usesPaletteOnly: Bool = false) {
        self.styles = styles
        self.usesPaletteOnly = usesPaletteOnly
    }

    /// The terminal's own colours and nothing else.
    package static let plain = StyleTable(styles: [:], usesPaletteOnly: true)

    /// What lies under everything.
    package var base: Style { styles["ui.background"] ?? Style() }

    /// The style of the role or of its longest prefix that has one.
    package func style(for role: Role) -> Style {
        var name = Substring(role.name)
        while !name.isEmpty {
            if let style = styles[String(name)] { return style }
            guard let dot = name.lastIndex(of: ".") else { break }
            name = name[..<dot]
        }
        return Style()
    }

    /// The whole look of a cell: the role over its ground over the base, with the writer's emphasis added.
    package func look(role: Role, ground: Role, emphasis: Emphasis) -> Style {
        let top = style(for: role)
        let below = ground == .standard ? Style() : style(for: ground)
        let base = base
        return Style(
            foreground: top.foreground ?? below.foreground ?? base.foreground,
            background: top.background ?? below.background ?? base.background,
            emphasis: top.emphasis.union(below.emphasis).union(emphasis))
    }
}
