import ChatClient
import ChatProtocol
import ChatTerminal
import ChatText
import Testing

@testable import ChatTUI

@Suite("The table of keys")
struct KeyMapTests {
    private let map = KeyMap.standard

    @Test("no key is bound twice in a context")
    func noDoubles() {
        for context in KeyContext.allCases {
            var seen: [Key: Action] = [:]
            for binding in map.bindings where binding.context == context {
                for key in binding.keys {
                    #expect(seen[key] == nil, "\(key.label) is bound twice in \(context)")
                    seen[key] = binding.action
                }
            }
        }
    }

    @Test("every action has a key, and a sentence in both languages")
    func everyActionHasHelp() {
        let bound = Set(map.bindings.map(\.action))
        for action in Action.allCases {
            #expect(bound.contains(action), "\(action) has no key")
            for language in Language.allCases {
                #expect(!action.help[language].isEmpty)
                #expect(!action.hint[language].isEmpty)
            }
            #expect(action.help.english != action.help.indonesian, "\(action) is not translated")
        }
    }

    @Test("no letter alone is a command, and ^S is left alone")
    func lettersAreForWriting() {
        for binding in map.bindings {
            for key in binding.keys {
                if case .character = key.code { #expect(!key.modifiers.isEmpty, "\(key.label)") }
                #expect(key != .control("s"))
            }
        }
    }

    @Test("Alt and function keys are never the only way to go, find help or quit")
    func otherWays() {
        for action in [Action.goTo, .upload, .quit, .interrupt, .newLine, .send, .redraw] {
            let keys = map.bindings.filter { $0.action == action }.flatMap(\.keys)
            let plain = keys.contains { key in
                if case .function = key.code { return false }
                return !key.modifiers.contains(.alt)
            }
            #expect(plain, "\(action)")
        }
    }

    @Test("every command and argument of the table has a sentence in both languages")
    func everyCommandHasHelp() {
        for row in CommandTable.rows {
            let sentence = Sentence.forID(row.helpKey)
            #expect(sentence != nil, "\(row.helpKey)")
        }
        for argument in CommandTable.Argument.allCases { #expect(Sentence.forID(argument.key) != nil, "\(argument.key)") }
    }

    @Test("every error code of the protocol has a sentence of its own")
    func everyCodeHasWords() {
        for code in ErrorCode.allCases { #expect(Sentence.refusalCodes.contains(code.rawValue), "\(code.rawValue)") }
    }

    @Test("every key of the table does something or says why not, in every place")
    func everyKeyAnswers() {
        for pane in Pane.allCases {
            for key in map.bindings.flatMap(\.keys) {
                var stage = Stage()
                stage.state.focusPane(pane)
                stage.press(key)
                stage.press(Key(.escape))
                #expect(stage.grid.size.columns == 80)
            }
        }
    }

    @Test(
        "keys are called what people call them",
        arguments: [
            (Key.control("g"), "^G"), (.alt("a"), "Alt-a"), (Key(.function(8)), "F8"), (Key(.tab, .shift), "Shift-Tab"),
            (Key(.up, .alt), "Alt-↑"), (.control("_"), "^_"), (Key(.pageUp), "PgUp"),
        ])
    func names(key: Key, name: String) {
        #expect(key.label == name)
    }
}
