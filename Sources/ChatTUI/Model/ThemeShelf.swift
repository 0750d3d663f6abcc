/// Which themes there are, and which is on.
package struct ThemeShelf: Hashable, Sendable {
    package var names: [String] = []
    package var worn: String

    package init(worn: String) { self.worn = worn }

    /// The theme that was meant, whatever the case of its letters.
    package func name(meant wanted: String) -> String? {
        names.first { $0 == wanted } ?? names.first { $0.lowercased() == wanted.lowercased() }
    }
}

/// The list from which a theme is chosen; the chosen one is on while it is open.
package struct ThemePicker: Hashable, Sendable {
    package var list: GoToList
    /// What was on before, for whoever changes nothing.
    package let before: String

    package init(_ names: [String], before: String, inUse: String) {
        self.before = before
        list = GoToList(names.map { .init(label: $0, detail: $0 == before ? inUse : "", target: .theme($0)) })
        list.choose { $0.label == before }
    }

    package var chosen: String? { list.chosen?.label }
}
