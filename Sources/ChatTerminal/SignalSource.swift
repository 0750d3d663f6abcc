import CSys
import Glibc

/// The signals of a terminal program as something to poll, instead of handlers that may run anywhere.
struct SignalSource {
    static let signals: [Int32] = [SIGWINCH, SIGTERM, SIGHUP, SIGINT, SIGTSTP, SIGCONT]

    let descriptor: Int32

    /// Blocks the signals in this thread and opens the descriptor.
    init() throws(TerminalError) {
        guard csys_block_signals(Self.signals, Int32(Self.signals.count)) == 0 else {
            throw .system(call: "pthread_sigmask", code: errno)
        }
        descriptor = csys_signalfd(Self.signals, Int32(Self.signals.count))
        if descriptor < 0 { throw .system(call: "signalfd", code: errno) }
    }

    /// All that are waiting, each kind once.
    func take() -> Set<Int32> {
        var result: Set<Int32> = []
        while case let signal = csys_signalfd_next(descriptor), signal > 0 { result.insert(signal) }
        return result
    }
}
