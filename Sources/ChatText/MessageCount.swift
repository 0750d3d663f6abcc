/// Counts of messages as people read them.
package enum MessageCount {
    /// Nobody counts further.
    private static let limit = 1000

    /// `12`; `1000+` where there may be more.
    package static func text(_ count: Int) -> String { count >= limit ? "\(limit)+" : "\(count)" }
}
