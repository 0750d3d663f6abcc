import Foundation
import Testing

/// Which of our modules each may import. Every arrow points down.
private let arrows: [String: Set<String>] = [
    "ChatProtocol": [],
    "TerminalText": [],
    "ChatText": [],
    "ChatStore": ["ChatProtocol", "CSys"],
    "ChatServer": ["ChatStore", "ChatProtocol", "CSodium", "CSys"],
    // What its reasons are called, for all faces.
    "ChatClient": ["ChatProtocol", "ChatText"],
    "ChatTerminal": ["TerminalText", "CNcurses", "CSys"],
    // The names of the protocol travel with what the client says.
    "ChatTUI": ["ChatTerminal", "ChatClient", "TerminalText", "ChatText", "ChatProtocol"],
    "ChatLine": ["ChatClient", "TerminalText", "ChatText", "ChatProtocol"],
    "obrol": ["ChatTUI", "ChatLine", "ChatClient", "ChatTerminal", "ChatText", "ChatProtocol"],
    "obrol-line": ["ChatLine", "ChatClient", "ChatProtocol"],
    "obrold": ["ChatServer", "ChatStore", "ChatProtocol", "CSys"],
    "obrol-bench": ["ChatProtocol"],
]

private let systems: Set<String> = ["CNcurses", "CSodium", "CSys"]

/// What every target has without saying so.
private let toolchain: Set<String> = ["Dispatch", "Foundation", "FoundationEssentials", "Glibc", "Synchronization"]

/// What a module must not know, whoever made it.
private let forbidden: [String: Set<String>] = [
    "ChatProtocol": ["Foundation", "NIOPosix", "GRDB", "Dispatch", "Glibc"],
    "TerminalText": ["Foundation", "NIOCore", "Glibc"],
    "ChatText": ["Foundation", "NIOCore", "Glibc"],
    "ChatStore": ["NIOPosix"],
    "ChatServer": ["GRDB", "GRDBSQLite"],
    "ChatTUI": ["NIOCore", "NIOPosix", "GRDB"],
    "ChatLine": ["NIOCore", "NIOPosix", "GRDB"],
]

private let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

private struct Source {
    let module: String
    let path: String
    let text: String
    let imports: Set<String>
}

private func sources() throws -> [Source] {
    let folder = root.appendingPathComponent("Sources")
    let files = try #require(FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil))
    return try files.compactMap { $0 as? URL }.filter { $0.pathExtension == "swift" }.map { file in
        let path = String(file.path.dropFirst(folder.path.count + 1))
        let text = try String(contentsOf: file, encoding: .utf8)
        let imports = text.matches(
            of:
                /(?m)^\s*(?:(?:public|package|internal|private|fileprivate|@\w+)\s+)*import\s+(?:(?:struct|class|enum|func|protocol)\s+)?(\w+)/
        )
        return Source(
            module: String(path.prefix { $0 != "/" }), path: path, text: text, imports: Set(imports.map { String($0.1) }))
    }
}

@Test("every module imports only what stands below it")
func arrowsPointDown() throws {
    let ours = Set(arrows.keys).union(systems)
    let all = try sources()
    #expect(Set(all.map(\.module)) == Set(arrows.keys), "a module is missing from the table of arrows, or gone")
    for source in all {
        let allowed = try #require(arrows[source.module])
        let upwards = source.imports.intersection(ours).subtracting(allowed).subtracting([source.module])
        #expect(upwards.isEmpty, "\(source.path) imports \(upwards.sorted())")
        let unwanted = source.imports.intersection(forbidden[source.module] ?? [])
        #expect(unwanted.isEmpty, "\(source.path) imports \(unwanted.sorted())")
    }
}

@Test("Package.swift declares for each target exactly what its sources import")
func arrowsAreDeclared() throws {
    let package = try String(contentsOf: root.appendingPathComponent("Package.swift"), encoding: .utf8)
    let products = Dictionary(
        uniqueKeysWithValues: package.matches(of: /let (\w+) = Target\.Dependency\.product\(name: "(\w+)"/)
            .map { ($0.1, String($0.2)) })
    var declared: [String: Set<String>] = [:]
    for target in package.matches(of: /\.(?:executableTarget|target)\(\s*name: "([\w-]+)",\s*(?:dependencies: \[([^\]]*)\])?/) {
        // In quotation marks it is a name; without, one of the constants above.
        let words = (target.2 ?? "").matches(of: /("?)(\w+)/)
        declared[String(target.1)] = Set(words.compactMap { $0.1.isEmpty ? products[$0.2] : String($0.2) })
    }
    for (module, sources) in Dictionary(grouping: try sources(), by: \.module) {
        let imports = sources.reduce(into: Set<String>()) { $0.formUnion($1.imports) }
        #expect(imports.subtracting(toolchain) == declared[module], "\(module)")
    }
}

@Test("ncurses has one user")
func ncursesHasOneUser() throws {
    for source in try sources() where source.imports.contains("CNcurses") {
        #expect(source.module == "ChatTerminal", "\(source.path)")
    }
}

@Test("nothing that the network can reach traps on purpose")
func noTrapsInSources() throws {
    for source in try sources() {
        for word in ["fatalError(", "preconditionFailure(", "try!", " as! "] {
            #expect(!source.text.contains(word), "\(source.path) holds \(word)")
        }
    }
}
