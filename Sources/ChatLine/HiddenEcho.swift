import Dispatch
import Glibc

/// The terminal shows nothing of what is typed until it is restored, also if the program is ended meanwhile.
final class HiddenEcho {
    private let modes: termios
    private let signals: [any DispatchSourceSignal]

    /// Nil if standard input is no terminal.
    init?() {
        var modes = termios()
        guard tcgetattr(STDIN_FILENO, &modes) == 0 else { return nil }
        let before = modes
        let registered = DispatchSemaphore(value: 0)
        // Dispatch hears of the signal, restores and lets it do what it would have done.
        signals = [SIGINT, SIGTERM, SIGHUP].map { number in
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler {
                var before = before
                tcsetattr(STDIN_FILENO, TCSANOW, &before)
                signal(number, SIG_DFL)
                kill(getpid(), number)
            }
            source.setRegistrationHandler { registered.signal() }
            source.resume()
            // Until it listens a signal would be lost, and the prompt is not to be seen before.
            registered.wait()
            return source
        }
        // A suspended program would leave the shell to somebody who cannot see what he types.
        signal(SIGTSTP, SIG_IGN)
        self.modes = before
        modes.c_lflag &= ~tcflag_t(ECHO)
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &modes)
    }

    func restore() {
        var modes = modes
        tcsetattr(STDIN_FILENO, TCSANOW, &modes)
        for source in signals { source.cancel() }
        for number in [SIGINT, SIGTERM, SIGHUP, SIGTSTP] { signal(number, SIG_DFL) }
    }
}
