/// Where a key is struck.
package enum KeyContext: String, CaseIterable, Hashable, Sendable {
    case compose, middle, contacts, files, form, overlay
    /// Shared by all places that hold text: compose, the filter, fields.
    case editing
    case everywhere

    /// Where a key is looked up when this context does not have it, in order.
    var fallbacks: [KeyContext] {
        switch self {
        case .compose, .middle, .contacts, .files: [.editing, .everywhere]
        // A form and an overlay are modal: of what works everywhere they take only what they name.
        case .form, .overlay: [.editing]
        case .editing, .everywhere: []
        }
    }
}
