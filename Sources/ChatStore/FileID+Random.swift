public import ChatProtocol

extension FileID {
    /// One that cannot be guessed, from the system's secure generator.
    public static func random() -> FileID {
        var generator = SystemRandomNumberGenerator()
        return FileID { UInt8(truncatingIfNeeded: generator.next() as UInt64) }
    }
}
