/// What a person who looks elsewhere is told.
package struct Alert: Hashable, Sendable {
    /// From whom, or where.
    package var title: String
    package var body: String

    package init(title: String, body: String) {
        self.title = title
        self.body = body
    }
}
