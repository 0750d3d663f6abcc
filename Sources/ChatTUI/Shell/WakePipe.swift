import Glibc

/// Ends the UI thread's `poll` from another thread.
final class WakePipe: Sendable {
    /// Can be read while a wake-up waits.
    let descriptor: Int32
    private let writingEnd: Int32

    /// Nil if the process has no descriptors left.
    init?() {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { return nil }
        for end in ends {
            _ = fcntl(end, F_SETFD, FD_CLOEXEC)
            // Neither side may ever wait: not the network thread for us, nor we for it.
            _ = fcntl(end, F_SETFL, O_NONBLOCK)
        }
        descriptor = ends[0]
        writingEnd = ends[1]
    }

    deinit {
        close(descriptor)
        close(writingEnd)
    }

    /// May be called from any thread. A pipe that is full wakes as well as one that is not.
    func wake() {
        var byte: UInt8 = 1
        _ = write(writingEnd, &byte, 1)
    }

    /// Takes all wake-ups that wait.
    func drain() {
        var buffer = [UInt8](repeating: 0, count: 64)
        while read(descriptor, &buffer, buffer.count) == buffer.count {}
    }
}
