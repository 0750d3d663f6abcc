public import ChatProtocol

/// How a server is run. Every limit has a default that suits a small server.
public struct ServerConfiguration: Sendable {
    public struct Address: Sendable, Hashable, CustomStringConvertible {
        public var host: String
        /// 0 lets the system choose.
        public var port: Int

        public init(host: String, port: Int) {
            self.host = host
            self.port = port
        }

        public var description: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }

        /// Whether only this machine can reach it.
        public var isLoopback: Bool { host == "localhost" || host == "::1" || host.hasPrefix("127.") }
    }

    /// Where everything durable lives.
    public var dataDirectory: String
    public var listen: [Address]
    /// Accept connections from elsewhere without encryption.
    public var allowPlaintext = false
    public var registration = HelloReply.Registration.open
    /// Bytes; nil means 8, or 1 where only this machine can connect.
    public var passwordMinimum: Int?
    public var eventLoops = 1
    /// Connections from one address at once; loopback counts as one address.
    public var connectionsPerAddress = 16_384
    /// Requests a second of one account, or of one address before login, after which it is slowed; 0 is without limit.
    public var requestsPerSecond = 20_000
    /// Wrong passwords that one account may be tried with in a minute from one address, before `rate-limited`.
    public var failedLoginsPerMinute = 20
    /// Passwords that may wait to be hashed; one address alone gets half of the places.
    public var passwordsWaiting = 128
    /// Seconds that a connection may stay without a login.
    public var loginSeconds: Int64 = 600
    /// Seconds after which a client that went without a word is let go of. (Protocol: Transport)
    public var vanishedSeconds = 120
    public var eventBacklog = Limits.eventBacklog
    /// Bytes of all request bodies that clients are sending at once.
    public var bodiesInProgress = Limits.bodiesInProgress
    /// Largest file, in bytes.
    public var fileSize = Limits.file
    /// The database refuses to grow past this many bytes.
    public var databaseBytes: Int64?
    /// Time for a drain, in seconds.
    public var drainSeconds: Int64 = 10
    /// For how long the clock must go on evenly before anything is forgotten because of its age.
    public var clockTrustSeconds: Int64 = 3600

    public init(dataDirectory: String, listen: [Address] = [Address(host: "127.0.0.1", port: defaultPort)]) {
        self.dataDirectory = dataDirectory
        self.listen = listen
    }

    var leastPassword: Int { passwordMinimum ?? (listen.allSatisfy(\.isLoopback) ? 1 : 8) }

    var limits: [String: Int64] {
        [
            "line": Int64(Limits.requestLine), "message": Int64(Limits.messageText), "attached": Int64(Limits.attached),
            "file": fileSize, "file_in_reply": Int64(Limits.fileInReply), "history": Int64(Limits.historyPage),
            "password": Int64(Limits.password), "password_minimum": Int64(leastPassword),
            "requests_in_flight": Int64(Limits.requestsInFlight), "idle_seconds": 0,
        ]
    }

    /// - Throws: `ConfigurationError`.
    public func validate() throws {
        for address in listen where !address.isLoopback && !allowPlaintext {
            throw ConfigurationError(
                """
                \(address) can be reached from other machines, and this server does not encrypt yet. \
                Passwords and messages would be readable on the way. Listen on 127.0.0.1 behind a tunnel, \
                or give --allow-plaintext if the network is trusted.
                """)
        }
    }
}

/// A configuration that cannot be used, and what to do about it.
public struct ConfigurationError: Error, Sendable, CustomStringConvertible {
    public let description: String
    public init(_ description: String) { self.description = description }
}
