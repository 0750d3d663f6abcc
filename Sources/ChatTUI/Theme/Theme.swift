package import ChatTerminal

/// The look of everything: what every role looks like, and what was wrong with the file that said so.
package struct Theme: Hashable, Sendable {
    package var name: String
    package var styles: StyleTable
    /// What could not be used; the rest is in `styles`.
    package var problems: [FileProblem]

    package init(name: String, styles: StyleTable, problems: [FileProblem] = []) {
        self.name = name
        self.styles = styles
        self.problems = problems
    }

    /// The look when no theme file can be found: attributes and the user's own colours.
    package static let builtIn = Theme(
        name: "built-in",
        styles: StyleTable(
            styles: [
                "ui.border": Style(emphasis: .dim),
                "ui.border.focus": Style(emphasis: .bold),
                "ui.title": Style(emphasis: .bold),
                "ui.status": Style(emphasis: .reverse),
                "ui.hint.key": Style(emphasis: .bold),
                "ui.hint.text": Style(emphasis: .dim),
                "ui.selection": Style(emphasis: .reverse),
                "list.unread": Style(emphasis: .bold),
                "list.mention": Style(emphasis: .bold),
                "list.section": Style(emphasis: .dim),
                "presence.online": Style(foreground: .ansi(2)),
                "message.time": Style(emphasis: .dim),
                "message.author": Style(emphasis: .bold),
                "message.ruler": Style(emphasis: .dim),
                "message.system": Style(emphasis: .dim),
                "message.link": Style(emphasis: .underline),
                "state.failed": Style(foreground: .ansi(1), emphasis: .bold),
                "security.warn": Style(emphasis: .bold),
                "security.danger": Style(foreground: .ansi(1), emphasis: .bold),
            ], usesPaletteOnly: true))
}

/// The roles that panes use. A theme that names another has made a mistake.
package enum ThemeRoles {
    package static let all: Set<String> = {
        var names: Set<String> = [
            "ui.background", "ui.border", "ui.border.focus", "ui.title", "ui.status", "ui.hint.key", "ui.hint.text",
            "ui.selection", "ui.scrollbar", "ui.error",
            "list.item", "list.unread", "list.mention", "list.muted", "list.draft", "list.section",
            "presence.online", "presence.away", "presence.busy", "presence.offline",
            "message.time", "message.author", "message.author.self", "message.body", "message.mention", "message.quote",
            "message.code", "message.link", "message.edited", "message.system", "message.ruler",
            "state.queued", "state.sent", "state.delivered", "state.read", "state.failed",
            "file.name", "file.size", "file.progress", "file.done", "file.error",
            "security.ok", "security.warn", "security.danger",
        ]
        for number in 1...nickCount { names.insert("nick.\(number)") }
        return names
    }()

    /// How many colours names are told apart by.
    package static let nickCount = 8

    /// A role, or the beginning of one up to a dot.
    package static func isKnown(_ name: String) -> Bool {
        all.contains(name) || all.contains { $0.hasPrefix(name + ".") }
    }

    /// The same name always has the same colour.
    package static func nick(_ folded: String) -> Role {
        // FNV-1a: stable between runs, unlike Swift's own hashes.
        var hash: UInt32 = 2_166_136_261
        for byte in folded.utf8 { hash = (hash ^ UInt32(byte)) &* 16_777_619 }
        return Role("nick.\(Int(hash % UInt32(nickCount)) + 1)")
    }
}
