import ChatProtocol
import ChatText

/// Who came and went, in one line: `firman, dewi joined · budi left`.
enum MemberSummary {
    private static let namesShown = 3

    static func text(of entries: [Entry], in language: Language) -> String {
        var actions: [Entry.MemberAction] = []
        var names: [Entry.MemberAction: [String]] = [:]
        for entry in entries {
            guard case .member(let action) = entry.kind else { continue }
            if names[action] == nil { actions.append(action) }
            let name = entry.author.text
            if names[action]?.contains(name) != true { names[action, default: []].append(name) }
        }
        return actions.map { sentence(of: $0, list(names[$0] ?? []))[language] }.joined(separator: " · ")
    }

    private static func list(_ names: [String]) -> String {
        let shown = names.prefix(namesShown).joined(separator: ", ")
        return names.count > namesShown ? "\(shown) +\(names.count - namesShown)" : shown
    }

    private static func sentence(of action: Entry.MemberAction, _ names: String) -> Sentence {
        switch action {
        case .joined: .memberJoined(names)
        case .left: .memberLeft(names)
        case .invited: .memberInvited(names)
        case .kicked: .memberKicked(names)
        case .role: .memberRole(names)
        }
    }
}
