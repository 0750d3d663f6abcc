package import ChatTerminal

/// The one table of keys: what a key does in a context. Help and hints are drawn from it, so that they cannot lie.
package struct KeyMap: Hashable, Sendable {
    package struct Binding: Hashable, Sendable {
        package let context: KeyContext
        package let action: Action
        /// The first is the one that hints show.
        package let keys: [Key]
        /// Whether the bottom line shows it.
        package let isHint: Bool
    }

    package let bindings: [Binding]
    private let table: [KeyContext: [Key: Action]]

    package init(_ bindings: [Binding]) {
        self.bindings = bindings
        var table: [KeyContext: [Key: Action]] = [:]
        for binding in bindings {
            for key in binding.keys { table[binding.context, default: [:]][key] = binding.action }
        }
        self.table = table
    }

    /// What the key does there; nil if nothing.
    package func action(for key: Key, in context: KeyContext) -> Action? {
        if let action = table[context]?[key] { return action }
        return context.fallbacks.lazy.compactMap { table[$0]?[key] }.first
    }

    /// What the bottom line shows in a context, the most particular first.
    package func hints(in context: KeyContext) -> [Binding] {
        let own = bindings.filter { $0.context == context && $0.isHint }
        let shared = bindings.filter { context.fallbacks.contains($0.context) && $0.isHint }
        return own + shared.filter { binding in !own.contains { $0.action == binding.action } }
    }
}
