import ArgumentParser
import ChatProtocol

/// What the numbers of the command line may be. With more, something would be refused or go wrong long after the start.
enum Bounds {
    static let passwordMinimum = 0...Limits.password
    /// MiB, up to a terabyte.
    static let fileSize: ClosedRange<Int64> = 1...1 << 20
    /// MiB, up to what SQLite can address with pages of 4 KiB.
    static let databaseSize: ClosedRange<Int64> = 1...1 << 24
    /// KiB, up to a gigabyte.
    static let backlog = 1...1 << 20
    /// Seconds, up to a day.
    static let loginSeconds: ClosedRange<Int64> = 1...86_400
    /// Seconds. Linux can be told to ask after half of them at most. (tcp(7))
    static let vanishedSeconds = 1...65_535
    static let connectionsPerAddress = 1...1_000_000
    static let requestsPerSecond = 0...1_000_000_000
    static let threads = 1...64
}

extension ClosedRange where Bound: FixedWidthInteger {
    /// For the help of an option.
    var inWords: String { "From \(lowerBound) to \(upperBound)." }

    /// - Throws: `ValidationError` that names the option.
    func check(_ option: String, _ number: Bound?) throws {
        guard let number, !contains(number) else { return }
        throw ValidationError("\(option) can be from \(lowerBound) to \(upperBound).")
    }
}
