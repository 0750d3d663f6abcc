import ChatProtocol
import ChatStore

/// What this server is and can do: `obrold` prints it too.
public enum ServerIdentity {
    public static let name = "obrold"
    public static let version = Release.version
    /// Families of commands that a client may count on.
    static let features = ["history", "nonce", "rooms", "files", "upload", "presence"]
}

// MARK: hello, subscribe, unsubscribe

extension Connection {
    func hello(_ scope: RequestScope) {
        let body = HelloReply(
            server: ServerIdentity.name, version: ServerIdentity.version, epoch: server.store.epoch,
            features: ServerIdentity.features, limits: server.configuration.limits,
            registration: server.configuration.registration, time: server.now())
        reply(body, id: scope.id)
    }

    func subscribe(_ scope: RequestScope, _ caller: Caller) throws(ProtocolError) {
        try requireOwn(caller)
        isSubscribed = true
        directory.listen(self, user: caller.user.id)
        reply(SubscribeReply(epoch: server.store.epoch), id: scope.id)
    }

    func unsubscribe(_ scope: RequestScope, _ caller: Caller) throws(ProtocolError) {
        try requireOwn(caller)
        isSubscribed = false
        if attachedRooms.isEmpty { directory.unlisten(self, user: caller.user.id) }
        reply(EmptyReply(), id: scope.id)
    }

    /// Events outlast the request: they are for nobody but the user of the connection, whose session ends it.
    private func requireOwn(_ caller: Caller) throws(ProtocolError) {
        guard bound?.session.user.id == caller.user.id else {
            throw ProtocolError(.forbidden, "This connection is somebody else's: subscribe on one of your own.")
        }
    }
}
