import ChatProtocol

/// Where unfinished transfers are written down. Lives on the event loop and answers there.
struct TransferKeeping {
    /// Works in the account's cache. What goes wrong is told by who works; the answer comes all the same.
    typealias Work = (@escaping @Sendable (CacheRows) throws -> Void, @escaping () -> Void) -> Void

    private let work: Work?

    /// - Parameter work: nil where nothing outlives the program.
    init(_ work: Work? = nil) { self.work = work }

    var isLasting: Bool { work != nil }

    func save(_ kept: KeptTransfer, then answer: @escaping () -> Void = {}) {
        guard let work else { return answer() }
        work({ try $0.save(kept) }, answer)
    }

    func forget(_ nonce: Nonce, then answer: @escaping () -> Void = {}) {
        guard let work else { return answer() }
        work({ try $0.forgetTransfer(nonce) }, answer)
    }
}
