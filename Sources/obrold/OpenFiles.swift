import Glibc

/// How many files and connections this process may have open at once.
enum OpenFiles {
    /// As many as an administrator permits, not only as many as programs get that do not ask: most systems stop those at
    /// 1,024, and each client is one.
    static func allowAll() {
        let files = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
        var limit = rlimit()
        guard getrlimit(files, &limit) == 0 else { return }
        limit.rlim_cur = limit.rlim_max
        _ = setrlimit(files, &limit)
    }
}
