import Glibc

/// Sends standard error to a file, for as long as anything written there would tear the screen.
struct ErrorRedirect {
    private let saved: Int32

    /// Nothing is changed if the file cannot be opened.
    init?(to path: String) {
        let file = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0o600)
        guard file >= 0 else { return nil }
        defer { close(file) }
        saved = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3)
        guard saved >= 0, dup2(file, STDERR_FILENO) >= 0 else { return nil }
    }

    func undo() {
        dup2(saved, STDERR_FILENO)
        close(saved)
    }
}
