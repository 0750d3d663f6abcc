import Foundation

/// Clients that come back by the tokens of a crowd, subscribe, and go.
enum Reconnecting {
    /// - Returns: how many a second.
    static func run(_ crowd: Crowd, port: Int, count: Int, atOnce: Int = 50) async throws -> Double {
        let tokens = crowd.tokens
        let start = Date()
        var done = 0
        while done < count {
            let batch = min(atOnce, count - done)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<batch {
                    let token = tokens[(done + number) % tokens.count]
                    group.addTask {
                        let crowd = Crowd(port: port)
                        let connection = try await crowd.connect()
                        _ = try await crowd.ask(connection, "subscribe session=\(token)")
                        try await crowd.close(connection)
                    }
                }
                try await group.waitForAll()
            }
            done += batch
        }
        return Double(count) / Date().timeIntervalSince(start)
    }
}
