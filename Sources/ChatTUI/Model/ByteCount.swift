/// Sizes of files as people read them.
package enum ByteCount {
    /// `812 B`, `88 kB`, `3.1 MB`.
    package static func text(_ bytes: Int64) -> String {
        let bytes = max(0, bytes)
        if bytes < 1000 { return "\(bytes) B" }
        let units = ["kB", "MB", "GB", "TB"]
        var value = Double(bytes)
        var unit = -1
        while value >= 1000, unit + 1 < units.count {
            value /= 1000
            unit += 1
        }
        let tenths = Int((value * 10).rounded())
        let number = tenths < 100 ? "\(tenths / 10).\(tenths % 10)" : "\((tenths + 5) / 10)"
        return "\(number) \(units[unit])"
    }

    /// `3.1/5.0 MB`, `88 kB/5.0 MB`.
    package static func text(_ done: Int64, of size: Int64) -> String {
        let (part, whole) = (text(done).split(separator: " "), text(size).split(separator: " "))
        return part.last == whole.last ? "\(part[0])/\(text(size))" : "\(text(done))/\(text(size))"
    }

    /// `61 %`; nothing is done of nothing.
    package static func percent(_ done: Int64, of size: Int64) -> Int {
        guard size > 0 else { return 100 }
        return Int(min(100, max(0, Double(done) / Double(size) * 100)))
    }
}
