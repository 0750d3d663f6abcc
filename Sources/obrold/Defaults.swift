import Foundation

enum Defaults {
    /// Under the user's XDG data folder.
    static var dataDirectory: String {
        let environment = ProcessInfo.processInfo.environment
        let data = environment["XDG_DATA_HOME"].flatMap { $0.hasPrefix("/") ? $0 : nil }
        return (data ?? (environment["HOME"] ?? "/root") + "/.local/share") + "/obrol/server"
    }
}
