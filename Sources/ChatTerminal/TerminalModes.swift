import CSys
import Glibc

/// The modes that we turn on in the terminal ourselves, and the way back from all of them.
enum TerminalModes {
    /// Bracketed paste and focus reports.
    static let enter = "\u{1B}[?2004h\u{1B}[?1004h"
    /// Presses, drags and the wheel, in the form without a limit of columns.
    static let mouseOn = "\u{1B}[?1002h\u{1B}[?1006h"
    static let mouseOff = "\u{1B}[?1006l\u{1B}[?1002l"
    /// Ends synchronized output too: a crash may come in the middle of a frame.
    static let leave = "\u{1B}[?2026l" + mouseOff + "\u{1B}[?1004l\u{1B}[?2004l" + restoreTitle
    /// Where the terminal has a stack for them: what the window was called stays its own.
    static let saveTitle = "\u{1B}[22;2t"
    static let restoreTitle = "\u{1B}[23;2t"
    static let beginFrame = "\u{1B}[?2026h"
    static let endFrame = "\u{1B}[?2026l"

    /// What a dying process writes, when ncurses cannot be asked: our modes off, then terminfo's own endings, without the
    /// padding that only hardware needed.
    static func emergencyBytes() -> [UInt8] {
        var bytes = Array(leave.utf8)
        for name in ["sgr0", "op", "rmkx", "cnorm", "rmcup"] {
            bytes += withoutPadding(Terminfo.string(name) ?? [])
        }
        bytes += [0x0D]
        return bytes
    }

    private static func withoutPadding(_ bytes: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        var rest = bytes[...]
        while let byte = rest.first {
            if rest.starts(with: "$<".utf8), let end = rest.firstIndex(of: UInt8(ascii: ">")) {
                rest = rest[(end + 1)...]
            } else {
                result.append(byte)
                rest.removeFirst()
            }
        }
        return result
    }

    /// Writes all of it, waiting for a slow terminal. What cannot be written is dropped: the terminal is gone.
    static func write(_ bytes: [UInt8], to descriptor: Int32) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count >= 0 {
                rest.removeFirst(count)
            } else if errno == EAGAIN {
                // Somebody else made it non-blocking.
                var wait = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
                if poll(&wait, 1, 1000) <= 0 { return }
            } else if errno != EINTR {
                return
            }
        }
    }
}
