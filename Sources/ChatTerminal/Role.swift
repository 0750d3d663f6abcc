import Synchronization

/// What a cell is for, such as `message.author.self`: panes name roles, a theme gives them a look.
///
/// A role is a dotted name interned to two bytes, so that cells are small and compare fast.
package struct Role: Hashable, Sendable {
    /// The number of the name in order of first use; ``standard`` is 0.
    package let id: UInt16

    /// The role called so; the same name always gives the same role.
    ///
    /// Names come from our own code and from theme files. After 65,535 of them new ones become ``standard``.
    package init(_ name: String) {
        id = RoleNames.shared.withLock { $0.id(for: name) }
    }

    package var name: String {
        RoleNames.shared.withLock { $0.names[Int(id)] }
    }

    /// The role of text that has none; its name is empty and its look is the theme's `ui.background`.
    package static let standard = Role("")
}

extension Role: ExpressibleByStringLiteral {
    package init(stringLiteral name: String) {
        self.init(name)
    }
}

extension Role: CustomStringConvertible {
    package var description: String { name }
}

/// The names seen so far. Shared by the whole process: a role means the same in every grid.
private struct RoleNames {
    static let shared = Mutex(RoleNames())

    var names = [""]
    var ids: [String: UInt16] = ["": 0]

    mutating func id(for name: String) -> UInt16 {
        if let known = ids[name] { return known }
        guard let next = UInt16(exactly: names.count) else { return 0 }
        names.append(name)
        ids[name] = next
        return next
    }
}
