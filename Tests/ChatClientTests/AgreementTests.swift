import ChatClient
import ChatProtocol
import ChatTesting
import Foundation
import Testing

/// People with several devices do whatever comes to their minds, on lines that break.
@Suite("Every device agrees with a fresh one", .serialized)
struct AgreementTests {
    private static let actions = 150
    private static let rooms = ["satu", "dua"]

    @Test(
        "about conversations, read positions, counts and entries, on screen and on disk",
        arguments: [1, 5, 7, 20, 300] as [UInt64])
    func agree(seed: UInt64) async throws {
        var random = SeededGenerator(seed: seed)
        try await withFolder { folder in
            let server = try await TestServer.start(dataDirectory: folder + "/server")
            var devices: [Device] = []
            for name in ["alam", "firman"] {
                for number in 0..<2 {
                    devices.append(
                        try await Device(name, server: server.port, root: folder + "/\(name)\(number)", isNew: number == 0))
                }
            }
            for number in 0..<Self.actions {
                // Somebody new comes in the middle of it all.
                if number == Self.actions / 3 {
                    devices.append(try await Device("chendra", server: server.port, root: folder + "/chendra", isNew: true))
                }
                let place = Int.random(in: 0..<devices.count, using: &random)
                try act(devices[place], number, &random)
            }
            for device in devices { device.face.perform(.reconnectNow) }
            for device in devices { try await eventually("\(device.username) has sent all") { try device.hasSentAll } }
            try await compare(devices, server.port, folder)
            for device in devices { try await device.end() }
            try await server.stop()
        }
    }

    private func act(_ device: Device, _ number: Int, _ random: inout SeededGenerator) throws {
        let people = ["alam", "firman", "chendra"]
        let room = Self.rooms[Int.random(in: 0..<Self.rooms.count, using: &random)]
        let person = people[Int.random(in: 0..<people.count, using: &random)]
        switch Int.random(in: 0..<20, using: &random) {
        case 0..<5: try device.face.say("\(number) halo", to: person)
        case 5: try device.face.say("\(number) @\(person), lihat", to: person)
        case 6..<10: try device.face.say("\(number) semua", to: "#\(room)")
        case 10: try device.face.say("\(number) @\(person)?", to: "#\(room)")
        case 11..<13: device.face.perform(.join(try RoomName(room)))
        case 13: device.face.perform(.leave(try RoomName(room)))
        case 14..<17:
            let known = device.conversations.sorted { "\($0.key)" < "\($1.key)" }
            guard !known.isEmpty else { return }
            let (conversation, standing) = known[Int.random(in: 0..<known.count, using: &random)]
            let seq = Int64.random(in: 0...standing.lastSeq, using: &random)
            device.face.perform(.markRead(conversation, Seq(unchecked: seq)))
        case 17: device.cutLine()
        case 18: try device.restart()
        default: device.face.perform(.reconnectNow)
        }
    }

    private func compare(_ devices: [Device], _ port: Int, _ folder: String) async throws {
        for username in Set(devices.map(\.username)).sorted() {
            let own = devices.filter { $0.username == username }
            try await settle(own, port)
            let fresh = try await Device(username, server: port, root: folder + "/fresh-\(username)", isNew: false)
            let expected = fresh.conversations
            #expect(!expected.isEmpty)
            for device in own {
                expect(device.conversations, expected, "\(username) on screen")
                for conversation in expected.keys.sorted(by: { "\($0)" < "\($1)" }) {
                    let entries = try await fresh.entries(of: conversation)
                    let known = try await device.entries(of: conversation, like: entries)
                    #expect(known.difference(from: entries).isEmpty, "\(username) in \(conversation)")
                }
                try device.restart()
                expect(try device.conversationsOnDisk(), expected, "\(username) on disk")
            }
            try await fresh.end()
        }
    }

    private func expect(
        _ known: [ConversationName: Standing], _ expected: [ConversationName: Standing], _ place: String
    ) {
        for conversation in Set(known.keys).union(expected.keys) {
            #expect(known[conversation] == expected[conversation], "\(place): \(conversation)")
        }
    }

    /// Waits until the server has been told everything, and has told it to all devices.
    private func settle(_ devices: [Device], _ port: Int) async throws {
        for device in devices {
            let username = device.username
            let client = try WireClient(port: port)
            try client.logIn(as: username)
            // Whoever does not agree in time is compared in detail by the caller.
            try? await eventually("\(username) agrees") {
                let list = try client.ask("conversations").list("conversations")
                let known = device.conversations
                return list.count == known.count
                    && list.allSatisfy { row in
                        guard let name = row.text("conversation"), let standing = try? known[ConversationName(name)] else {
                            return false
                        }
                        return Int(standing.lastSeq) == row["last_seq"] as? Int
                            && Int(standing.readSeq) == row["read_seq"] as? Int
                            && standing.unread == row["unread"] as? Int && standing.mentions == row["mentions"] as? Int
                            && standing.joined == row["joined"] as? Bool
                    }
            }
        }
    }
}
