import NIOCore

/// A closure that lives on an event loop, in a form that can travel: whoever has the answer calls it from anywhere,
/// and it runs on its loop.
struct LoopAnswer<Value: Sendable>: Sendable {
    private let answer: NIOLoopBound<(Value) -> Void>

    /// Made on the loop.
    init(on loop: any EventLoop, _ answer: @escaping (Value) -> Void) {
        self.answer = NIOLoopBound(answer, eventLoop: loop)
    }

    func callAsFunction(_ value: Value) {
        answer.eventLoop.execute { answer.value(value) }
    }
}

extension EventLoop {
    /// Runs work that lives on this loop, from this loop, after a while.
    func after(_ delay: Duration, _ work: @escaping () -> Void) -> Scheduled<Void> {
        assumeIsolated().scheduleTask(in: TimeAmount(delay), work)
    }
}
