/// The store cannot say any more what is durable: the disk failed. The server stops rather than guess.
public struct StoreFailure: Error, Sendable, CustomStringConvertible {
    public let description: String
    public init(_ description: String) { self.description = description }
}

/// Why a store cannot be opened, and what to do about it.
public struct StoreOpenError: Error, Sendable, CustomStringConvertible {
    public let description: String
    public init(_ description: String) { self.description = description }
}
