import Foundation

/// The figures of one run, as a line of JSON and as a table.
struct Report {
    private var figures: [(name: String, value: Double)] = []
    let mode: String

    init(_ mode: String) { self.mode = mode }

    /// Says that the preparations are over: a profiler may be attached now.
    static func measuring() { FileHandle.standardError.write(Data("measuring\n".utf8)) }

    mutating func add(_ name: String, _ value: Double) { figures.append((name, value)) }

    /// Adds the 50th, 99th and 100th percentile of these durations.
    mutating func add(_ name: String, _ nanoseconds: [UInt64]) {
        guard !nanoseconds.isEmpty else { return }
        let sorted = nanoseconds.sorted()
        for (suffix, part) in [("p50", 0.5), ("p99", 0.99), ("max", 1.0)] {
            let value = sorted[min(sorted.count - 1, Int(Double(sorted.count) * part))]
            add("\(name)_\(suffix)_ms", Double(value) / 1e6)
        }
    }

    func write() throws {
        var object: [String: Any] = ["mode": mode]
        for figure in figures { object[figure.name] = (figure.value * 1000).rounded() / 1000 }
        let line = try JSONSerialization.data(withJSONObject: object, options: [.sortedKeys])
        print(String(decoding: line, as: UTF8.self))
        let width = figures.map(\.name.count).max() ?? 0
        for (name, value) in figures {
            print("  " + name.padding(toLength: width, withPad: " ", startingAt: 0) + String(format: " %14.3f", value))
        }
    }
}
