import ChatProtocol
import ChatStore
import NIOCore

/// Delivers to the connections of this process: one hop per loop and batch.
struct LocalDelivery: Delivery {
    private let loops: [ServerLoop]

    init(_ loops: [ServerLoop]) { self.loops = loops }

    func deliver(_ batch: CommitLine.Batch) {
        onEachLoop { $0.deliver(batch) }
    }

    func tell(_ event: Event, to users: Set<UserID>?, except: ConnectionID?) {
        let bytes = event.encoded()
        onEachLoop { $0.tell(bytes, to: users, except: except) }
    }

    func end(_ sessions: Set<SessionID>, reason: String, except: ConnectionID?) {
        onEachLoop { directory in
            for connection in directory.all where connection.id != except {
                if let session = connection.sessionID, sessions.contains(session) { connection.endSession(reason: reason) }
            }
        }
    }

    private func onEachLoop(_ body: @escaping @Sendable (LoopDirectory) -> Void) {
        for loop in loops {
            loop.eventLoop.execute { body(loop.directory.value) }
        }
    }
}

/// An event loop and the connections on it.
struct ServerLoop: Sendable {
    let eventLoop: any EventLoop
    let directory: NIOLoopBound<LoopDirectory>
}
