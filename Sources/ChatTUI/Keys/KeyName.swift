package import ChatTerminal

extension Key {
    /// What people call the key: `^G`, `Alt-a`, `F2`, `Shift-Tab`.
    package var label: String {
        if case .character(let character) = code, modifiers == .control {
            return "^" + (character.isLetter ? character.uppercased() : String(character))
        }
        var prefix = ""
        if modifiers.contains(.control) { prefix += "Ctrl-" }
        if modifiers.contains(.alt) { prefix += "Alt-" }
        if modifiers.contains(.shift) { prefix += "Shift-" }
        return prefix + codeLabel
    }

    private var codeLabel: String {
        switch code {
        case .character(let character): character == " " ? "Space" : String(character)
        case .enter: "Enter"
        case .tab: "Tab"
        case .backspace: "Backspace"
        case .escape: "Esc"
        case .up: "↑"
        case .down: "↓"
        case .left: "←"
        case .right: "→"
        case .home: "Home"
        case .end: "End"
        case .pageUp: "PgUp"
        case .pageDown: "PgDn"
        case .insert: "Ins"
        case .delete: "Del"
        case .function(let number): "F\(number)"
        }
    }
}
