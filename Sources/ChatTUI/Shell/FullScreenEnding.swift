/// How the full screen ended.
package enum FullScreenEnding: Hashable, Sendable {
    case quit
    /// The person asked for the line client instead.
    case lineClient
}
