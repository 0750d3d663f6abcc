import ChatTesting
import Foundation
import NIOCore
import Testing

/// A server that cannot be reached any more, or says nothing, to those who are told so in a script.
@Suite("A server that falls silent")
struct SilentServerTests {
    @Test("a message for which there was no line is not sent later, so that it can be sent again")
    func takenBack() async throws {
        try await withServer { port, folder in
            try await register(["alam", "firman"], port: port, home: folder + "/x")
            let relay = try await Relay(to: port)
            let alam = try LineProcess(port: relay.port, home: folder + "/alam", arguments: ["--patience", "4"])
            alam.type("login alam", "rahasia")
            try await alam.waitFor("Login [alam]")
            // The next line takes no more than the client's hello.
            relay.hold(.up, after: 1)
            relay.cut()
            try await eventually("it is on another line") { relay.isHolding(.up) }
            alam.type("chat firman", "halo", "chat firman", "lagi")
            let ending = try await alam.end(timeout: .seconds(60))
            #expect(ending.status == 3)
            #expect(ending.errors == "The server does not answer. Messages taken back, not sent: 1.\n")
            #expect(!ending.output.contains("Message Sent"))

            relay.release()
            let again = try await LineProcess.run(
                port: relay.port, home: folder + "/alam", arguments: ["--user", "alam"], "chat firman", "halo")
            #expect(again.status == 0)
            #expect(try await texts(for: "firman", port, folder) == ["from Alam: halo"])
            try await relay.close()
        }
    }

    @Test("a list waits for the line to come back, and in vain is no refusal")
    func list() async throws {
        try await withServer { port, folder in
            try await register(["alam"], port: port, home: folder + "/x")
            let relay = try await Relay(to: port)
            let alam = try LineProcess(port: relay.port, home: folder + "/alam", arguments: ["--patience", "10"])
            alam.type("login alam", "rahasia", "join room foo")
            try await alam.waitFor("Telah bergabung")
            for command in ["/rooms", "/who"] {
                relay.hold(.up, after: 1)
                relay.cut()
                try await eventually("it is on another line") { relay.isHolding(.up) }
                alam.type(command)
                guard command == "/rooms" else { break }
                relay.release()
                relay.cut()
                try await alam.waitFor("#foo  1 member")
            }
            #expect(try await alam.end(timeout: .seconds(60)).status == 3)
            try await relay.close()
        }
    }

    @Test("what may have arrived is kept and arrives once, and what was said after it is taken back")
    func kept() async throws {
        try await withServer { port, folder in
            try await register(["alam", "firman"], port: port, home: folder + "/x")
            let relay = try await Relay(to: port)
            let alam = try LineProcess(port: relay.port, home: folder + "/alam", arguments: ["--patience", "4"])
            alam.type("login alam", "rahasia", "join room foo")
            try await alam.waitFor("Telah bergabung")
            relay.hold(.down, after: 0)
            alam.type("satu", "dua", "tiga")
            let ending = try await alam.end(timeout: .seconds(60))
            #expect(ending.status == 5)
            #expect(ending.errors.contains("The server does not answer. Messages taken back, not sent: 2. Messages kept: 1."))

            relay.release()
            let again = try await LineProcess.run(
                port: relay.port, home: folder + "/alam", arguments: ["--user", "alam"], "join room foo", "dua")
            #expect(again.status == 0)
            let witness = try WireClient(port: port)
            try witness.logIn(as: "firman")
            try witness.ask("room_join roomname=foo")
            let said = try witness.ask("history conversation=%23foo&after=0&limit=500").list("entries")
                .filter { $0.text("from") == "alam" }.compactMap { $0.text("msg") }.filter { !$0.isEmpty }
            #expect(said == ["satu", "dua"])
            try await relay.close()
        }
    }

    @Test("a file is waited for as long as it moves, and kept when it does not")
    func standstill() async throws {
        try await withServer { port, folder in
            for (name, byte) in [("besar.bin", 1), ("lain.bin", 2)] as [(String, UInt8)] {
                let data = Data(repeating: byte, count: 20 * 1024 * 1024)
                try data.write(to: URL(fileURLWithPath: folder + "/" + name))
            }
            // It takes longer than the ten seconds that it may stand still.
            let relay = try await Relay(to: port, piece: 16 * 1024, interval: .milliseconds(10))
            try await register(["alam"], port: relay.port, home: folder + "/alam")
            let alam = try LineProcess(
                port: relay.port, home: folder + "/alam", arguments: ["--user", "alam", "--patience", "2"])
            alam.type("send file alam \(folder)/besar.bin")
            try await alam.waitFor("besar.bin", timeout: .seconds(60))
            relay.hold(.up, after: 1024 * 1024)
            alam.type("send file alam \(folder)/lain.bin")
            let ending = try await alam.end(timeout: .seconds(60))
            #expect(ending.status == 5)
            #expect(ending.errors.contains("lain.bin goes on by itself"))
            try await relay.close()
        }
    }

    /// What waits in somebody's inbox.
    private func texts(for person: String, _ port: Int, _ folder: String) async throws -> [String] {
        try await LineProcess.run(port: port, home: folder + "/\(person)", "login \(person)", "rahasia", "inbox").lines
            .filter { $0.hasPrefix("from ") }
    }
}
