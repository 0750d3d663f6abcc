import CSys
import Glibc

/// The signals of a terminal program as something to poll, instead of handlers that may run anywhere.
struct SignalSource {
    static let signals: [Int32] = [SIGWINCH, SIGTERM, SIGHUP, SIGINT, SIGTSTP, SIGCONT]

    let descriptor: Int32
    /// What this thread had blocked before.
    private let mask: sigset_t
    /// What each signal did before: ncurses, which comes later, has it do something else.
    private let actions: [sigaction]

    /// Blocks the signals in this thread and those it starts from now on, and opens the descriptor.
    init() throws(TerminalError) {
        var mask = sigset_t()
        guard csys_block_signals(Self.signals, Int32(Self.signals.count), &mask) == 0 else {
            throw .system(call: "pthread_sigmask", code: errno)
        }
        self.mask = mask
        actions = Self.signals.map { signal in
            var action = sigaction()
            sigaction(signal, nil, &action)
            return action
        }
        descriptor = csys_signalfd(Self.signals, Int32(Self.signals.count))
        guard descriptor >= 0 else {
            let code = errno
            unblock()
            throw .system(call: "signalfd", code: code)
        }
    }

    /// From now on the signals do what they did before, and those that wait already do it at once. To be called in the same
    /// thread.
    /// - Parameter isEnding: whether the program was told to end. Who hangs up says so more than once, the kernel and the
    ///   shell, and what is left to be done is done in peace.
    func close(isEnding: Bool = false) {
        Glibc.close(descriptor)
        for (signal, action) in zip(Self.signals, actions) {
            var action = action
            sigaction(signal, &action, nil)
        }
        if isEnding { signal(SIGHUP, SIG_IGN) }
        unblock()
    }

    private func unblock() {
        var mask = mask
        pthread_sigmask(SIG_SETMASK, &mask, nil)
    }

    /// All that are waiting, each kind once.
    func take() -> Set<Int32> {
        var result: Set<Int32> = []
        while case let signal = csys_signalfd_next(descriptor), signal > 0 { result.insert(signal) }
        return result
    }
}
