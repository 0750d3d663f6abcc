import ChatTesting
import Testing

@Suite("The numbers of the command line")
struct OptionTests {
    /// Each with the largest number that it takes.
    static let options: [(option: String, largest: Int)] = [
        ("--password-minimum", 1024), ("--file-size", 1_048_576), ("--database-size", 16_777_216), ("--backlog", 1_048_576),
        ("--login-seconds", 86_400), ("--vanished-seconds", 65_535), ("--connections-per-address", 1_000_000),
        ("--requests-per-second", 1_000_000_000), ("--threads", 64),
    ]

    @Test("have bounds, which the help and every refusal name")
    func refused() async throws {
        try await withFolder { folder in
            let help = try await obrold("serve", "--help").output.split(separator: "\n").joined()
            for (option, largest) in Self.options {
                #expect(help.replacing(" ", with: "").contains("to\(largest)."), "\(option): \(help)")
                for number in [-1, largest + 1, Int.max] {
                    let ending = try await obrold(
                        "--data-dir", folder + "/data", "--listen", "127.0.0.1:0", "\(option)=\(number)")
                    #expect(ending.status == 64 && ending.errors.contains("\(option) can be from"), "\(number): \(ending)")
                }
            }
            #expect(try names(in: folder) == [])
        }
    }

    @Test("serve as well as any other when they are the largest")
    func largest() async throws {
        try await withFolder { folder in
            // No password is that long.
            let arguments = Self.options.dropFirst().map { "\($0.option)=\($0.largest)" }
            let server = try ServerProcess(dataDirectory: folder + "/data", arguments: arguments)
            let alam = try WireClient(port: server.port)
            try alam.join(as: "alam")
            #expect(try alam.ask("hello").object("limits")["file"] as? Int == 1 << 40)
            #expect(try alam.ask("send destination=alam&message=halo").seq == 1)
            #expect(try alam.ask("file_send username=alam&filename=a&payload=aGFsbw==").seq == 2)
            #expect(server.terminate() == 0)
        }
    }
}
