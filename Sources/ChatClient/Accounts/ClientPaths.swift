import ChatProtocol
import Foundation

/// Where the client keeps things on this machine, after the XDG base directories.
///
/// Nothing is created here; who writes makes its folder, readable by its owner only.
public struct ClientPaths: Hashable, Sendable {
    /// Caches with drafts and outboxes: `$XDG_DATA_HOME/obrol/client`.
    public var data: String
    /// Sessions of the accounts used here, and the log: `$XDG_STATE_HOME/obrol`.
    public var state: String
    /// Settings: `$XDG_CONFIG_HOME/obrol`.
    public var configuration: String
    /// Where downloads land: the user's own folder for them.
    public var downloads: String

    public init(data: String, state: String, configuration: String, downloads: String) {
        self.data = data
        self.state = state
        self.configuration = configuration
        self.downloads = downloads
    }

    /// Everything below one folder, as tests want it.
    public init(root: String) {
        self.init(data: root + "/data", state: root + "/state", configuration: root + "/config", downloads: root + "/downloads")
    }

    /// As this process was told.
    public init() { self.init(environment: ProcessInfo.processInfo.environment) }

    public init(environment: [String: String]) {
        let home = environment["HOME"].flatMap { $0.hasPrefix("/") ? $0 : nil } ?? NSHomeDirectory()
        // A relative path in one of these is invalid, and to be ignored. (XDG Base Directory Specification)
        func base(_ name: String, _ usual: String) -> String {
            environment[name].flatMap { $0.hasPrefix("/") ? $0 : nil } ?? home + usual
        }
        let configurationHome = base("XDG_CONFIG_HOME", "/.config")
        data = base("XDG_DATA_HOME", "/.local/share") + "/obrol/client"
        state = base("XDG_STATE_HOME", "/.local/state") + "/obrol"
        configuration = configurationHome + "/obrol"
        let userFolders = try? String(contentsOfFile: configurationHome + "/user-dirs.dirs", encoding: .utf8)
        downloads =
            environment["XDG_DOWNLOAD_DIR"].flatMap { $0.hasPrefix("/") ? $0 : nil }
            ?? userFolders.flatMap { Self.downloadFolder(userFolders: $0, home: home) }
            ?? home + "/Downloads"
    }

    /// Reads `XDG_DOWNLOAD_DIR="$HOME/Unduhan"` from the text of `user-dirs.dirs`.
    static func downloadFolder(userFolders: String, home: String) -> String? {
        for line in userFolders.split(separator: "\n") {
            let line = line.drop { $0 == " " || $0 == "\t" }
            guard line.hasPrefix("XDG_DOWNLOAD_DIR=") else { continue }
            let value = line.dropFirst("XDG_DOWNLOAD_DIR=".count).filter { $0 != "\"" }
            let path = value.hasPrefix("$HOME/") ? home + value.dropFirst("$HOME".count) : value
            // The whole home folder is how the file says that there is no such folder.
            if path.hasPrefix("/"), path != home + "/" { return path }
        }
        return nil
    }

    /// The folder of one server's accounts below another folder.
    func folder(in parent: String, of server: ServerAddress) -> String { parent + "/" + server.folderName }

    /// The cache of one account. The prefix keeps every user name from being a path of its own.
    func cacheFile(_ server: ServerAddress, _ username: Username) -> String {
        folder(in: data, of: server) + "/@" + username.folded + ".sqlite"
    }

    func cacheLock(_ server: ServerAddress, _ username: Username) -> String {
        folder(in: data, of: server) + "/@" + username.folded + ".lock"
    }

    /// What `SessionStore` keeps.
    var accounts: String { state + "/accounts" }

    func sessionFile(_ server: ServerAddress, _ username: Username) -> String {
        folder(in: accounts, of: server) + "/@" + username.folded + ".json"
    }

    func tokensToEnd(_ server: ServerAddress) -> String { folder(in: accounts, of: server) + "/logged-out" }
}

extension ServerAddress {
    /// The same for all ways to say "this machine", since they mean one server.
    var folderName: String {
        let spelt = ["localhost", "127.0.0.1", "::1"].contains(host.lowercased()) ? "localhost" : host.lowercased()
        let safe = spelt.utf8.map { byte -> String in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."),
                UInt8(ascii: "-"):
                String(Character(Unicode.Scalar(byte)))
            default: "%" + String(byte, radix: 16)
            }
        }
        return safe.joined() + "_" + String(port)
    }
}
