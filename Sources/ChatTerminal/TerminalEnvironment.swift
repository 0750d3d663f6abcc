import Glibc

/// What the environment says about the terminal. A value, so that tests can say anything.
package struct TerminalEnvironment: Hashable, Sendable {
    /// TERM.
    package var type: String
    /// COLORTERM.
    package var colorTerm: String
    /// Whether NO_COLOR is set to anything but nothing.
    package var refusesColor: Bool

    package init(type: String, colorTerm: String = "", refusesColor: Bool = false) {
        self.type = type
        self.colorTerm = colorTerm
        self.refusesColor = refusesColor
    }

    /// From the environment of the process.
    package static var current: TerminalEnvironment {
        func value(_ name: String) -> String { getenv(name).map { String(cString: $0) } ?? "" }
        return TerminalEnvironment(
            type: value("TERM"), colorTerm: value("COLORTERM"), refusesColor: !value("NO_COLOR").isEmpty)
    }

    /// The Linux console has a font of 512 glyphs; borders are drawn in ASCII there.
    var isLinuxConsole: Bool { type == "linux" || type.hasPrefix("linux-") }

    var hasTrueColor: Bool { !refusesColor && ["truecolor", "24bit"].contains(colorTerm) }

    /// The terminfo entry for direct colour that goes with TERM, if there is one by that name.
    var directColorType: String? {
        guard hasTrueColor, !isLinuxConsole else { return nil }
        if type.hasSuffix("-direct") { return type }
        let base = type.split(separator: "-").first.map(String.init) ?? ""
        return base.isEmpty ? nil : base + "-direct"
    }
}
