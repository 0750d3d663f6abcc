/// Waits for a condition that nobody announces, and says so if it never comes true. The thread is left to others meanwhile.
public func eventually(_ what: String, within time: Duration = .seconds(30), _ condition: () throws -> Bool) async throws {
    let deadline = ContinuousClock.now + time
    while try !condition() {
        guard ContinuousClock.now < deadline else { throw TestFailure("It never came true: \(what)") }
        try await Task.sleep(for: .milliseconds(5))
    }
}
