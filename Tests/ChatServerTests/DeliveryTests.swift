import ChatProtocol
import ChatServer
import ChatTesting
import Testing

@Suite("Delivery")
struct DeliveryTests {
    @Test("a message reaches the other side and the author's other devices, and its sender by the reply alone")
    func reachesEverybodyOnce() async throws {
        try await TestServer.with { server in
            let phone = try WireClient(port: server.port)
            let token = try phone.join(as: "alam")
            let laptop = try WireClient(port: server.port)
            let firman = try WireClient(port: server.port)
            try firman.join(as: "firman", name: "Firman+A.")
            for client in [phone, firman] { #expect(try client.ask("subscribe").text("epoch") != nil) }
            #expect(try laptop.ask("subscribe session=\(token)").status == "OK")

            #expect(try phone.ask("send destination=firman&message=halo&nonce=n1").seq == 1)
            let theirs = try firman.event("message")
            #expect(theirs.text("conversation") == "@alam")
            #expect(theirs.text("msg") == "halo")
            #expect(theirs["nonce"] == nil)
            let own = try laptop.event("message")
            #expect(own.text("conversation") == "@firman")
            #expect(own.text("nonce") == "n1")
            // Nothing came to the sender in between: the next object is the reply.
            try phone.send("ping id=next")
            #expect(try nextButPresence(phone).text("id") == "next")
        }
    }

    private func nextButPresence(_ client: WireClient) throws -> [String: Any] {
        while let object = try client.receive() { if object.text("type") != "presence" { return object } }
        throw TestFailure("The connection ended.")
    }

    @Test("more devices than are flushed at once hear every message, in order")
    func reachesMany() async throws {
        try await TestServer.with { server in
            let alam = try WireClient(port: server.port)
            try alam.join(as: "alam")
            let firman = try WireClient(port: server.port)
            let token = try firman.join(as: "firman")
            let devices = try (0..<100).map { _ in
                let device = try WireClient(port: server.port)
                #expect(try device.ask("subscribe session=\(token)").status == "OK")
                return device
            }
            for number in 1...5 { try alam.send("send destination=firman&message=m\(number)") }
            for number in 1...5 { #expect(try alam.reply().seq == number) }
            for device in devices {
                for number in 1...5 { #expect(try device.event("message").text("msg") == "m\(number)") }
            }
        }
    }

    @Test("subscribing first and catching up afterwards leaves no gap while others write")
    func noGap() async throws {
        try await TestServer.with { server in
            let writer = try WireClient(port: server.port)
            try writer.join(as: "alam")
            let reader = try WireClient(port: server.port)
            let token = try reader.join(as: "firman")
            for number in 1...50 { try writer.send("send destination=firman&message=m\(number)") }
            let late = try WireClient(port: server.port)
            try late.send("subscribe session=\(token)")
            for number in 51...100 { try writer.send("send destination=firman&message=m\(number)") }
            for _ in 1...100 { #expect(try writer.reply().status == "OK") }
            #expect(try late.receive()?.status == "OK")
            try late.send("history conversation=@alam&after=0&limit=500")
            var seqs: Set<Int> = []
            var texts: [Int: String] = [:]
            while let object = try late.receive() {
                let entries = object["type"] == nil ? object.list("entries") : [object]
                for entry in entries where entry.text("type") == "message" {
                    guard let seq = entry.seq else { continue }
                    seqs.insert(seq)
                    texts[seq] = entry.text("msg")
                }
                if object["type"] == nil { break }
            }
            let missing = Set(1...100).subtracting(seqs)
            // What the page did not hold yet must come as events.
            for _ in missing.sorted() {
                let event = try late.event("message")
                if let seq = event.seq { texts[seq] = event.text("msg") }
            }
            #expect((1...100).allSatisfy { texts[$0] == "m\($0)" })
        }
    }

    @Test("pipelined requests are answered in the order they were sent, whatever they are")
    func answeredInOrder() async throws {
        try await TestServer.with { server in
            let client = try WireClient(port: server.port)
            try client.join(as: "alam")
            var expected: [String] = []
            for number in 0..<400 {
                let command =
                    switch number % 5 {
                    case 0, 1: "send destination=alam&message=m"
                    case 2: "send destination=nobody&message=m"
                    case 3: number % 10 == 3 ? "history conversation=@alam&limit=1" : "nonsense a=1"
                    default: "ping a=1"
                    }
                try client.send(command + "&id=\(number)")
                expected.append("\(number)")
            }
            var ids: [String] = []
            for _ in expected { ids.append(try client.reply().text("id") ?? "-") }
            #expect(ids == expected)
        }
    }

    @Test("what one device reads, the others hear of; a position never moves back")
    func readPositions() async throws {
        try await TestServer.with { server in
            let alam = try WireClient(port: server.port)
            try alam.join(as: "alam")
            let phone = try WireClient(port: server.port)
            let token = try phone.join(as: "firman")
            let laptop = try WireClient(port: server.port)
            try laptop.ask("subscribe session=\(token)")
            for _ in 1...3 { try alam.ask("send destination=firman&message=@firman+baca") }

            let before = try phone.ask("conversations").list("conversations")[0]
            #expect(before["unread"] as? Int == 3)
            #expect(before["mentions"] as? Int == 3)
            #expect(try phone.ask("read conversation=@alam&seq=2").status == "OK")
            let event = try laptop.event("read")
            #expect(event.text("conversation") == "@alam")
            #expect(event.seq == 2)
            #expect(try phone.ask("read conversation=@alam&seq=1").status == "OK")
            let after = try phone.ask("conversations").list("conversations")[0]
            #expect(after["read_seq"] as? Int == 2)
            #expect(after["unread"] as? Int == 1)
            // What is refused moves nothing and begins nothing.
            #expect(try phone.ask("send destination=alam&message=a&ref=9").code == "no-such-message")
            #expect(try phone.ask("send destination=firman&message=a&ref=9").code == "no-such-message")
            #expect(try phone.ask("conversations").list("conversations").count == 1)
        }
    }

    @Test("a logout ends the session's other connections, which are told why")
    func logoutEndsTheSession() async throws {
        try await TestServer.with { server in
            let phone = try WireClient(port: server.port)
            let token = try phone.join(as: "alam")
            let laptop = try WireClient(port: server.port)
            try laptop.ask("subscribe session=\(token)")
            #expect(try phone.ask("logout").status == "OK")
            #expect(try laptop.event("session").text("reason") == "logout")
            #expect(try laptop.receive() == nil)
            #expect(try WireClient(port: server.port).ask("whoami session=\(token)").code == "session-invalid")
        }
    }

    @Test("people hear who comes and who is new")
    func presence() async throws {
        try await TestServer.with { server in
            let alam = try WireClient(port: server.port)
            try alam.join(as: "alam")
            try alam.ask("subscribe")
            let firman = try WireClient(port: server.port)
            try firman.ask("register username=firman&password=rahasia&name=Firman&nationality=")
            #expect(try alam.event("presence")["online"] as? Bool == false)
            try firman.logIn(as: "firman")
            let event = try alam.event("presence")
            #expect(event.text("username") == "firman")
            #expect(event["online"] as? Bool == true)
            #expect(try alam.ask("users").list("users").map { $0.text("username") } == ["alam", "firman"])
        }
    }

    @Test("a reader that does not read is cut at its backlog, and the others notice nothing")
    func slowReader() async throws {
        try await TestServer.with(configure: { $0.eventBacklog = 256 * 1024 }) { server in
            let sender = try WireClient(port: server.port)
            try sender.join(as: "alam")
            let slow = try WireClient(port: server.port)
            let token = try slow.join(as: "firman")
            try slow.ask("subscribe")
            let text = String(repeating: "x", count: 16_000)
            // Far more than the backlog and what both kernels' buffers hold.
            for _ in 0..<1500 { #expect(try sender.ask("send destination=firman&message=\(text)").status == "OK") }
            var received = 0
            while try slow.receive() != nil { received += 1 }
            #expect(received < 1500)
            // Nothing is lost: it catches up by history.
            let again = try WireClient(port: server.port)
            let state = try again.ask("conversations session=\(token)").list("conversations")[0]
            #expect(state["last_seq"] as? Int == 1500)
        }
    }

    @Test("a server that is asked to stop tells its clients when to come back, and has everything afterwards")
    func drain() async throws {
        let first = try await TestServer.start()
        let client = try WireClient(port: first.port)
        let token = try client.join(as: "alam")
        try client.ask("subscribe")
        try client.ask("send destination=alam&message=catatan")
        let epoch = try client.ask("hello").text("epoch")
        try await first.stop()
        let event = try client.event("reconnect")
        #expect((event["after"] as? Int ?? -1) >= 0)
        #expect(try client.receive() == nil)

        let second = try await TestServer.start(dataDirectory: first.dataDirectory)
        let again = try WireClient(port: second.port)
        let history = try again.ask("history conversation=@alam&session=\(token)")
        #expect(history.list("entries").map { $0.text("msg") } == ["catatan"])
        #expect(try again.ask("hello").text("epoch") == epoch)
        try await second.stop()
        try second.removeData()
    }

    @Test("a history that is another one is said to be so")
    func anotherHistory() async throws {
        try await TestServer.with { server in
            let client = try WireClient(port: server.port)
            try client.join(as: "alam")
            let time = try client.ask("send destination=alam&message=a")["time"] as? Int ?? 0
            #expect(try client.ask("history conversation=@alam&after=1&at=\(time)").status == "OK")
            #expect(try client.ask("history conversation=@alam&after=1&at=\(time + 1)").code == "conflict")
            #expect(try client.ask("history conversation=@alam&after=2").code == "conflict")
        }
    }
}
