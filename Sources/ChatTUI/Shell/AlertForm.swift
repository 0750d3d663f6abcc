import ChatTerminal

/// How the person is told of a message while they look elsewhere.
enum AlertForm: Hashable, Sendable {
    case nothing
    case bell
    /// A bell, and a notification of the desktop.
    case desktop(Terminal.NotificationForm)

    /// What the setting and `OBROL_NOTIFY` may say.
    static let names = ["auto", "bell", "osc9", "osc777", "none"]

    /// - Parameters:
    ///   - name: one of ``names``; anything else counts as `auto`.
    ///   - environment: says which terminal this is.
    init(_ name: String?, environment: [String: String]) {
        switch name {
        case "none": self = .nothing
        case "bell": self = .bell
        case "osc9": self = .desktop(.osc9)
        case "osc777": self = .desktop(.osc777)
        default: self = Self.known(environment).map(AlertForm.desktop) ?? .bell
        }
    }

    /// Only where it is known to work: a terminal that does not know a sequence may show it as text, or act on it.
    private static func known(_ environment: [String: String]) -> Terminal.NotificationForm? {
        let type = environment["TERM"] ?? ""
        // A multiplexer passes nothing on, whatever it runs in.
        let isMultiplexed = ["TMUX", "STY", "ZELLIJ"].contains { environment[$0] != nil }
        if isMultiplexed || type.hasPrefix("tmux") || type.hasPrefix("screen") { return nil }
        if type.hasPrefix("foot") { return .osc777 }
        if type == "xterm-kitty" || type == "xterm-ghostty" { return .osc9 }
        switch environment["TERM_PROGRAM"] {
        case "iTerm.app", "WezTerm", "ghostty": return .osc9
        default: return nil
        }
    }
}
