import ChatTesting
import Foundation
import Glibc
import Testing

/// `Scripts/start` as it is run, in a network of its own, since its port is fixed. It builds nothing here: its `swift` is a
/// stub, and what it starts are the programs that were built with the tests.
@Suite(
    "The start script", .serialized, .enabled(if: Namespace.isPermitted, "Only root may make a network for the test."))
struct StartScriptTests {
    private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().path

    /// A copy of the scripts with programs beside them, and the home folder of who runs them.
    private final class Place {
        let folder: String
        private let network: Namespace

        init() async throws {
            folder = try TemporaryFolder.make("obrol-start")
            network = try await Namespace(of: .network)
            try network.run("ip", "link", "set", "lo", "up")
            let files = FileManager.default
            try files.copyItem(atPath: root + "/Scripts", toPath: folder + "/Scripts")
            try files.createSymbolicLink(atPath: folder + "/Themes", withDestinationPath: root + "/Themes")
            for name in [".build", "stubs", "home"] {
                try files.createDirectory(atPath: folder + "/" + name, withIntermediateDirectories: false)
            }
            try programs(in: (try BuiltProgram.path("obrold") as NSString).deletingLastPathComponent)
            try program("stubs/swift", "exit 0")
        }

        /// A link, as Swift has it.
        func programs(in path: String) throws {
            try FileManager.default.createSymbolicLink(atPath: folder + "/.build/release", withDestinationPath: path)
        }

        func program(_ name: String, _ script: String) throws {
            try Data("#!/bin/bash\n\(script)\n".utf8).write(to: URL(fileURLWithPath: folder + "/" + name))
            try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: folder + "/" + name)
        }

        func start(_ arguments: String...) throws -> PseudoTerminal {
            var environment = PseudoTerminal.standardEnvironment
            environment["HOME"] = folder + "/home"
            environment["LANG"] = "C.UTF-8"
            environment["TERM"] = "xterm-256color"
            environment["PATH"] = folder + "/stubs:/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin"
            let words = network.entrance + ["/bin/bash", folder + "/Scripts/start"] + arguments
            return try PseudoTerminal(words[0], arguments: Array(words.dropFirst()), environment: environment)
        }

        private var noted: URL { URL(fileURLWithPath: folder + "/home/.local/state/obrol/server.pid") }

        /// The server that was started last.
        func server() throws -> Int32 {
            let words = try String(contentsOf: noted, encoding: .utf8).split(separator: " ")
            return try #require(words.first.flatMap { Int32($0) })
        }

        /// The server that runs counts as one of an earlier build.
        func age() throws { try Data("\(try server()) 1 2 3\n".utf8).write(to: noted) }

        static func runs(_ process: Int32) -> Bool {
            (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/\(process)/exe")) != nil
        }

        func end() {
            if let process = try? server(), Self.runs(process) { kill(process, SIGKILL) }
            try? FileManager.default.removeItem(atPath: folder)
        }
    }

    private func withPlace(_ body: (Place) async throws -> Void) async throws {
        let place = try await Place()
        defer { place.end() }
        try await body(place)
    }

    private func seesForm(_ terminal: PseudoTerminal) -> Bool {
        let isSeen = terminal.waitFor("Nationality", timeout: .seconds(30))
        if !isSeen { Issue.record("The form is not on the screen:\n\(terminal.screen.picture)") }
        return isSeen
    }

    private func leaves(_ terminal: PseudoTerminal) -> Bool {
        terminal.sendControl("q")
        return terminal.waitForExit() == .code(0)
    }

    @Test("a second person joins the first one's server, which ends with the last of them, and ^C in a client ends nothing")
    func twoPeople() async throws {
        try await withPlace { place in
            let first = try place.start()
            #expect(seesForm(first))
            let server = try place.server()
            let second = try place.start()
            #expect(seesForm(second))
            #expect(try place.server() == server)
            first.sendControl("c")
            #expect(first.waitFor("^Q quit"))
            #expect(leaves(first))
            #expect(Place.runs(server))
            second.send("alam\tpassword\tAlam\r")
            #expect(second.waitFor("alam ●"), "\(second.screen.picture)")
            #expect(leaves(second))
            try await eventually("the server ends") { !Place.runs(server) }
        }
    }

    @Test("a newer server takes an older one's place, but not while somebody uses that")
    func replacing() async throws {
        try await withPlace { place in
            let first = try place.start("--keep")
            #expect(seesForm(first))
            let old = try place.server()
            try place.age()
            let second = try place.start()
            #expect(seesForm(second))
            #expect(try place.server() == old && Place.runs(old))
            #expect(leaves(first) && leaves(second))
            #expect(Place.runs(old), "it was to be kept")

            let third = try place.start()
            #expect(seesForm(third))
            let new = try place.server()
            #expect(new != old && Place.runs(new) && !Place.runs(old))
            #expect(leaves(third))
            try await eventually("the server ends") { !Place.runs(new) }
        }
    }

    @Test("ctrl-C breaks off a start, and leaves neither a server nor a lease behind")
    func brokenOff() async throws {
        try await withPlace { place in
            try FileManager.default.removeItem(atPath: place.folder + "/.build/release")
            try FileManager.default.createDirectory(atPath: place.folder + "/slow", withIntermediateDirectories: false)
            try place.programs(in: place.folder + "/slow")
            try place.program("slow/obrold", "exec sleep 1000")
            let terminal = try place.start()
            #expect(terminal.waitFor("The server is starting.", timeout: .seconds(30)), "\(terminal.screen.picture)")
            let server = try place.server()
            #expect(Place.runs(server))
            terminal.sendControl("c")
            #expect(terminal.waitForExit() == .code(130))
            try await eventually("the server ends") { !Place.runs(server) }

            try FileManager.default.removeItem(atPath: place.folder + "/.build/release")
            try place.programs(in: (try BuiltProgram.path("obrold") as NSString).deletingLastPathComponent)
            let again = try place.start()
            #expect(seesForm(again))
            let next = try place.server()
            #expect(next != server && leaves(again))
            try await eventually("the server ends") { !Place.runs(next) }
        }
    }
}
