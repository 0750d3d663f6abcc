/// The parts of the screen that can have the focus.
package enum Pane: CaseIterable, Hashable, Sendable {
    case contacts
    /// The inbox, or the conversation that is open.
    case middle
    case compose
    case files
}
