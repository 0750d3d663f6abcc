import Glibc

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
