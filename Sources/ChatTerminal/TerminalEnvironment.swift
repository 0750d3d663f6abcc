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

/// Whether the full screen can be used, or why the line client must do.
package enum FullScreenSupport: Hashable, Sendable {
    case available
    case unavailable(Reason)

    package enum Reason: Hashable, Sendable {
        case inputIsNoTerminal
        case outputIsNoTerminal
        /// TERM is empty.
        case typeMissing
        /// TERM is `dumb`, or terminfo says that the cursor cannot be moved.
        case typeCannotMoveCursor(String)
        /// terminfo has no entry for TERM.
        case typeUnknown(String)
    }
}

extension Terminal {
    /// Whether the full screen can be used with these descriptors and this environment.
    package static func canDoFullScreen(
        _ environment: TerminalEnvironment = .current, input: Int32 = 0, output: Int32 = 1
    ) -> FullScreenSupport {
        if isatty(input) == 0 { return .unavailable(.inputIsNoTerminal) }
        if isatty(output) == 0 { return .unavailable(.outputIsNoTerminal) }
        if environment.type.isEmpty { return .unavailable(.typeMissing) }
        if environment.type == "dumb" { return .unavailable(.typeCannotMoveCursor(environment.type)) }
        switch Terminfo.look(up: environment.type, output: output) {
        case .usable: return .available
        case .missing: return .unavailable(.typeUnknown(environment.type))
        case .cannotMoveCursor: return .unavailable(.typeCannotMoveCursor(environment.type))
        }
    }
}

/// Why the full screen could not be started.
package enum TerminalError: Error, Hashable, Sendable {
    case unavailable(FullScreenSupport.Reason)
    /// Neither the locale nor C.UTF-8 has UTF-8.
    case noUTF8Locale
    /// A system call failed.
    case system(call: String, code: Int32)
    /// ncurses could not start a screen of this type.
    case screenFailed(type: String)
}
