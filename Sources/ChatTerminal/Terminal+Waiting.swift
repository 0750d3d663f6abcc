import CSys
import Glibc

extension Terminal {
    /// Sleeps until the terminal has something to say, one of the descriptors can be read, or the deadline comes.
    ///
    /// All that is waiting is taken at once. Without a deadline and with nothing happening the process does not wake up.
    package func wait(alsoOn descriptors: [Int32] = [], until deadline: ContinuousClock.Instant? = nil) -> WaitResult {
        var result = WaitResult(now: .now)
        result.events = pendingEvents
        pendingEvents = []
        while true {
            let own = [inputIsOpen ? options.input : -1, signals.descriptor]
            var watched = (own + descriptors).map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
            let next = result.events.isEmpty ? [deadline, decoder.deadline].compactMap { $0 }.min() : result.now
            let count = poll(&watched, nfds_t(watched.count), Self.milliseconds(until: next, from: .now))
            result.now = .now
            if count > 0 {
                if watched[1].revents != 0 { result.events += signals.take().sorted().compactMap(signal) }
                if watched[0].revents != 0 { result.events += readInput(result.now) }
                for entry in watched.dropFirst(own.count) where entry.revents != 0 {
                    result.readyDescriptors.insert(entry.fd)
                }
            }
            result.events += decoder.expire(now: result.now).map(TerminalEvent.input)
            let isOver = deadline.map { result.now >= $0 } ?? false
            if isOver || !result.events.isEmpty || !result.readyDescriptors.isEmpty { return result }
        }
    }

    /// What poll wants: rounded up, because waking a little early would mean to spin.
    private static func milliseconds(until deadline: ContinuousClock.Instant?, from now: ContinuousClock.Instant) -> Int32 {
        guard let deadline else { return -1 }
        let (seconds, attoseconds) = (deadline - now).components
        if seconds < 0 || attoseconds < 0 { return 0 }
        let milliseconds = min(seconds, 1_000_000) * 1000 + (attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000
        return Int32(clamping: milliseconds)
    }

    /// Reads all that is there, without ever waiting: the descriptor stays blocking, so poll is asked before each read.
    private func readInput(_ now: ContinuousClock.Instant) -> [TerminalEvent] {
        var events: [TerminalEvent] = []
        var buffer = [UInt8](repeating: 0, count: 4096)
        // Bounded, so that a paste without end cannot keep us from drawing.
        for _ in 0..<64 {
            let count = buffer.withUnsafeMutableBytes { read(options.input, $0.baseAddress, $0.count) }
            if count > 0 {
                events += decoder.decode(buffer.prefix(count), now: now).map(TerminalEvent.input)
            } else if count == 0 || (errno != EINTR && errno != EAGAIN) {
                inputIsOpen = false
                events.append(end(.hangUp))
                return events
            }
            var more = pollfd(fd: options.input, events: Int16(POLLIN), revents: 0)
            if poll(&more, 1, 0) <= 0 || more.revents & Int16(POLLIN) == 0 { return events }
        }
        return events
    }

    /// What a signal means, once what it asks of the terminal itself is done.
    func signal(_ number: Int32) -> TerminalEvent? {
        switch number {
        case SIGWINCH:
            guard measure() else { return nil }
            shown = nil
            return .resized(size)
        case SIGCONT:
            // Stopped from outside without our knowing: the shell has had the terminal meanwhile.
            guard state == .fullScreen else { return nil }
            screen.leave()
            comeBack()
            return .resumed
        case SIGTSTP: return .suspendRequested
        case SIGTERM: return end(.terminate)
        case SIGINT: return end(.interrupt)
        case SIGHUP: return end(.hangUp)
        default: return nil
        }
    }

    func end(_ reason: TerminalEvent.EndReason) -> TerminalEvent {
        isEnding = true
        return .ended(reason)
    }
}
