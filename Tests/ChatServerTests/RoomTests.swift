import ChatTesting
import Testing

@Suite("Rooms")
struct RoomTests {
    @Test("a member sees all of a public room; one who has left keeps what was said while there")
    func visibility() async throws {
        try await TestServer.with { server in
            let alam = try WireClient(port: server.port)
            try alam.join(as: "alam")
            let firman = try WireClient(port: server.port)
            try firman.join(as: "firman")
            try alam.ask("room_join roomname=kelas")
            try alam.ask("room_chat message=sebelum")
            #expect(try firman.ask("history conversation=%23kelas").code == "no-such-conversation")
            #expect(try firman.ask("room_chat roomname=kelas&message=x").code == "forbidden")
            try firman.ask("room_join roomname=KELAS")
            try alam.ask("room_chat message=selama")
            try firman.ask("room_leave")
            try alam.ask("room_chat message=sesudah")

            let seen = try firman.ask("history conversation=%23kelas").list("entries").map { $0.text("msg") ?? "" }
            #expect(seen.filter { !$0.isEmpty } == ["sebelum", "selama"])
            let row = try firman.ask("conversations").list("conversations")[0]
            #expect(row["joined"] as? Bool == false)
            #expect(row["unread"] as? Int == 1)

            try firman.ask("room_join roomname=kelas")
            let again = try firman.ask("history conversation=%23kelas").list("entries").map { $0.text("msg") ?? "" }
            #expect(again.filter { !$0.isEmpty } == ["sebelum", "selama", "sesudah"])
        }
    }

    @Test("joining again only attaches: nobody is told twice")
    func joiningAgain() async throws {
        try await TestServer.with { server in
            let alam = try WireClient(port: server.port)
            try alam.join(as: "alam")
            #expect(try alam.ask("room_join roomname=kelas").seq == 1)
            #expect(try alam.ask("room_join roomname=kelas").seq == 1)
        }
    }

    @Test("a connection that joined and never subscribed hears the room in the classic shape; one that subscribed, as entries")
    func broadcasts() async throws {
        try await TestServer.with { server in
            let plain = try WireClient(port: server.port)
            try plain.join(as: "alam")
            try plain.ask("room_join roomname=kelas")
            let modern = try WireClient(port: server.port)
            try modern.join(as: "firman")
            try modern.ask("subscribe")
            try modern.ask("room_join roomname=kelas")
            let join = try plain.event("broadcast")
            #expect(join.text("username") == "[System]")
            #expect(join.text("conversation") == "#kelas")

            try plain.ask("room_chat message=halo")
            #expect(try modern.event("message").text("msg") == "halo")
            try modern.ask("room_chat message=hai")
            let heard = try plain.event("broadcast")
            #expect(heard.text("username") == "firman")
            #expect(heard.text("display") == "Firman")
            #expect(heard.text("messages") == "hai")
            try modern.ask("room_leave")
            #expect(try plain.event("broadcast").text("display") == "[System]")
        }
    }

    @Test("the current room is the session's: another connection of it talks there too")
    func currentRoom() async throws {
        try await TestServer.with { server in
            let first = try WireClient(port: server.port)
            let token = try first.join(as: "alam")
            try first.ask("room_join roomname=kelas")
            let second = try WireClient(port: server.port)
            #expect(try second.ask("room_chat message=halo&session=\(token)").text("conversation") == "#kelas")
        }
    }

    @Test("members are found by their user names and by what they call themselves")
    func members() async throws {
        try await TestServer.with { server in
            let alam = try WireClient(port: server.port)
            for (name, shown) in [("alam", "Alam"), ("budi", "Pak+Guru"), ("gurun", "Sahara"), ("siti", "Siti")] {
                try alam.ask("register username=\(name)&password=rahasia&name=\(shown)&nationality=ID")
                let token = try alam.logIn(as: name)
                try alam.ask("room_join roomname=kelas&session=\(token)")
            }
            var found: [String] = []
            var cursor = ""
            repeat {
                let page = try alam.ask("room_members roomname=kelas&q=guru&limit=1&next=\(cursor)")
                found += page.list("members").compactMap { $0.text("username") }
                cursor = page.text("next") ?? ""
            } while !cursor.isEmpty
            #expect(found == ["budi", "gurun"])
        }
    }

    @Test("lists of rooms come in pages")
    func pages() async throws {
        try await TestServer.with { server in
            let alam = try WireClient(port: server.port)
            try alam.join(as: "alam")
            for number in 0..<7 { try alam.ask("room_join roomname=kelas-\(number)") }
            var names: [String] = []
            var cursor = ""
            repeat {
                let page = try alam.ask("rooms q=kelas&limit=3&next=\(cursor)")
                names += page.list("rooms").compactMap { $0.text("room") }
                cursor = page.text("next") ?? ""
            } while !cursor.isEmpty
            #expect(names == (0..<7).map { "#kelas-\($0)" })
        }
    }
}
