// ChatText: every sentence that a person reads, in every language that we speak.
//
// A sentence is a constant or a function of its arguments, so a missing argument or a missing language does not compile.
// One file for each area of the program: `Sentences+Form.swift`, `Sentences+Conversation.swift`, …
// To add a sentence: put it into the file of its area, with both texts in its line. To add a language: a case in
// `Language`, a field here, and the compiler lists the rest.

/// One sentence for a person, in all languages.
package struct Sentence: Hashable, Sendable {
    package let english: String
    package let indonesian: String

    package init(_ english: String, _ indonesian: String) {
        self.english = english
        self.indonesian = indonesian
    }

    /// A text that is the same in every language: a name, or what a server said.
    package init(verbatim text: String) {
        self.init(text, text)
    }

    /// Sentences below each other.
    package static func lines(_ sentences: [Sentence]) -> Sentence {
        Sentence(sentences.map(\.english).joined(separator: "\n"), sentences.map(\.indonesian).joined(separator: "\n"))
    }

    package subscript(_ language: Language) -> String {
        switch language {
        case .english: english
        case .indonesian: indonesian
        }
    }
}
