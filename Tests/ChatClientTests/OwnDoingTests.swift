import ChatClient
import ChatProtocol
import ChatTesting
import Testing

/// What one's own doing leaves in one's own list, without a restart.
@Suite("After one's own doing")
struct OwnDoingTests {
    @Test("a conversation that one begins is called by the other's name, and one's own leaving is seen")
    func ownDoing() async throws {
        try await withFolder { folder in
            try await TestServer.with { server in
                try WireClient(port: server.port).join(as: "firman", name: "Firman+A.")
                let alam = Face(port: server.port, root: folder)
                try await alam.register("alam")
                try alam.say("halo", to: "firman")
                try await eventually("it has a name") { try list(alam).map(\.title) == ["Firman A."] }

                let room = try RoomName("kelas")
                alam.perform(.join(room))
                try await alam.wait(for: "joined") { if case .joined = $0 { true } else { nil } }
                alam.perform(.leave(room))
                try await eventually("the leaving is the newest entry") {
                    let state = try list(alam).first { $0.conversation == .room(room) }
                    return state?.joined == false && state?.lastSeq.value == 2 && state?.last?.kind == .member(.left)
                }
                alam.client.shutDown()
            }
        }
    }

    private func list(_ face: Face) throws -> [ConversationState] {
        face.client.openCache(of: try Username("alam")).conversations
    }
}
