/// One key as it was struck, with what was held down.
package struct Key: Hashable, Sendable {
    package enum Code: Hashable, Sendable {
        /// A printable character. With ``Modifiers/control`` it is lower case: ^A is `a` and control.
        case character(Character)
        /// Carriage return. The line feed of ^J is `j` and control.
        case enter
        case tab
        case backspace
        case escape
        case up, down, left, right
        case home, end, pageUp, pageDown
        case insert, delete
        /// F1 is 1.
        case function(Int)
    }

    package struct Modifiers: OptionSet, Hashable, Sendable {
        package let rawValue: UInt8

        package init(rawValue: UInt8) {
            self.rawValue = rawValue
        }

        package static let shift = Modifiers(rawValue: 1)
        package static let alt = Modifiers(rawValue: 2)
        package static let control = Modifiers(rawValue: 4)
    }

    package var code: Code
    package var modifiers: Modifiers

    package init(_ code: Code, _ modifiers: Modifiers = []) {
        self.code = code
        self.modifiers = modifiers
    }

    /// Whether it is one of those with which text is written: a letter, Enter, Tab, ^J.
    var writes: Bool {
        switch code {
        case .character("j") where modifiers == .control: true
        case .character: modifiers.isEmpty
        case .enter, .tab: modifiers.isEmpty
        default: false
        }
    }

    /// The key of a printable character.
    package static func character(_ character: Character) -> Key { Key(.character(character)) }
    /// ^A is `.control("a")`.
    package static func control(_ character: Character) -> Key { Key(.character(character), .control) }
    /// Alt-a is `.alt("a")`.
    package static func alt(_ character: Character) -> Key { Key(.character(character), .alt) }
}

/// What the person at the terminal did.
package enum InputEvent: Hashable, Sendable {
    case key(Key)
    case paste(Paste)
    case mouse(MouseEvent)
    /// The terminal's window got or lost the focus.
    case focus(Bool)

    var isKey: Bool { if case .key = self { true } else { false } }

    /// Whether it may be a piece of what somebody writes.
    var writes: Bool { if case .key(let key) = self { key.writes } else { false } }
}

/// Text that was pasted, exactly as it came: whoever takes it cleans it.
package struct Paste: Hashable, Sendable {
    package var text: String
    /// False if it is a part of what was pasted: because nothing came for a second, or there was more than is kept.
    package var isComplete: Bool

    package init(text: String, isComplete: Bool = true) {
        self.text = text
        self.isComplete = isComplete
    }
}

/// A report of the mouse, at a cell counted from the top left.
package struct MouseEvent: Hashable, Sendable {
    package enum Button: Hashable, Sendable {
        case left, middle, right
    }

    package enum Action: Hashable, Sendable {
        case press(Button)
        case release(Button)
        /// Moved while the button is down.
        case drag(Button)
        /// Moved with none down.
        case move
        case wheelUp, wheelDown
    }

    package var action: Action
    package var position: Position
    package var modifiers: Key.Modifiers

    package init(_ action: Action, at position: Position, _ modifiers: Key.Modifiers = []) {
        self.action = action
        self.position = position
        self.modifiers = modifiers
    }
}
