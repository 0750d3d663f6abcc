// swift-tools-version: 6.2
import PackageDescription

// Every arrow points down; `Tests/ArchitectureTests` checks that the sources keep to them.
//
// With OBROL_STRICT set (as `Scripts/test` and CI do) warnings in our own targets are errors.
// A user with a newer compiler is not stopped by a warning that it has learnt since.
//
// Exclusive access is enforced as the program runs in debug builds, which is what the tests are; release builds trust it.

let settings: [SwiftSetting] =
    [
        .swiftLanguageMode(.v6),
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("MemberImportVisibility"),
        .enableUpcomingFeature("InternalImportsByDefault"),
        .unsafeFlags(["-enforce-exclusivity=unchecked"], .when(configuration: .release)),
    ] + (Context.environment["OBROL_STRICT"] == nil ? [] : [.treatAllWarnings(as: .error)])

let nioCore = Target.Dependency.product(name: "NIOCore", package: "swift-nio")
let nioPosix = Target.Dependency.product(name: "NIOPosix", package: "swift-nio")
let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let grdbSQLite = Target.Dependency.product(name: "GRDBSQLite", package: "GRDB.swift")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let serviceLifecycle = Target.Dependency.product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let unixSignals = Target.Dependency.product(name: "UnixSignals", package: "swift-service-lifecycle")
let deque = Target.Dependency.product(name: "DequeModule", package: "swift-collections")

let package = Package(
    name: "obrol",
    products: [
        .executable(name: "obrol", targets: ["obrol"]),
        .executable(name: "obrol-line", targets: ["obrol-line"]),
        .executable(name: "obrold", targets: ["obrold"]),
        .executable(name: "obrol-bench", targets: ["obrol-bench"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/LebJe/TOMLKit", from: "0.6.0"),
    ],
    targets: [
        // Systems
        .systemLibrary(name: "CNcurses", providers: [.apt(["libncurses-dev"])]),
        .systemLibrary(name: "CSodium", providers: [.apt(["libsodium-dev"])]),
        .target(name: "CSys"),

        // Language
        .target(name: "ChatProtocol", dependencies: [nioCore], exclude: ["Protocol.md"], swiftSettings: settings),
        .target(name: "TerminalText", swiftSettings: settings),
        .target(name: "ChatText", swiftSettings: settings),

        // Engines
        .target(
            name: "ChatStore", dependencies: ["ChatProtocol", "CSys", nioCore, grdb, grdbSQLite, crypto],
            swiftSettings: settings),
        .target(
            name: "ChatServer",
            dependencies: [
                "ChatStore", "ChatProtocol", "CSodium", "CSys", nioCore, nioPosix, logging, crypto, deque, serviceLifecycle,
            ],
            swiftSettings: settings),
        .target(
            name: "ChatClient",
            dependencies: ["ChatProtocol", "ChatText", nioCore, nioPosix, logging, crypto, deque, grdb],
            swiftSettings: settings),
        .target(name: "ChatTerminal", dependencies: ["TerminalText", "CNcurses", "CSys"], swiftSettings: settings),

        // Faces
        .target(
            name: "ChatTUI",
            dependencies: [
                "ChatTerminal", "ChatClient", "ChatProtocol", "TerminalText", "ChatText", logging,
                .product(name: "TOMLKit", package: "TOMLKit"),
            ],
            swiftSettings: settings),
        .target(
            name: "ChatLine", dependencies: ["ChatClient", "ChatProtocol", "TerminalText", "ChatText"], swiftSettings: settings),

        // Programs
        .executableTarget(
            name: "obrol",
            dependencies: ["ChatTUI", "ChatLine", "ChatClient", "ChatTerminal", "ChatProtocol", "ChatText", argumentParser],
            swiftSettings: settings),
        .executableTarget(
            name: "obrol-line", dependencies: ["ChatLine", "ChatClient", "ChatProtocol", argumentParser],
            swiftSettings: settings),
        .executableTarget(
            name: "obrold",
            dependencies: [
                "ChatServer", "ChatStore", "ChatProtocol", "CSys", argumentParser, logging, serviceLifecycle, unixSignals,
            ],
            swiftSettings: settings,
            // Takes the place of malloc: what one thread makes and another gives back costs an eighth of all time less.
            linkerSettings: [.linkedLibrary("jemalloc")]),
        .executableTarget(
            name: "obrol-bench", dependencies: ["ChatProtocol", argumentParser, nioCore, nioPosix, crypto],
            swiftSettings: settings),

        // Tests
        .systemLibrary(name: "CVTerm", path: "Tests/CVTerm", providers: [.apt(["libvterm-dev"])]),
        .target(
            name: "ChatTesting",
            dependencies: [
                "ChatProtocol", "ChatServer", "ChatStore", "CSys", "CVTerm", nioCore, nioPosix, logging, serviceLifecycle,
            ],
            path: "Tests/ChatTesting", swiftSettings: settings),
        .testTarget(name: "ArchitectureTests", swiftSettings: settings),
        .testTarget(name: "ChatProtocolTests", dependencies: ["ChatProtocol", "ChatTesting", nioCore], swiftSettings: settings),
        .testTarget(name: "TerminalTextTests", dependencies: ["TerminalText", "ChatTesting"], swiftSettings: settings),
        .testTarget(name: "ChatTextTests", dependencies: ["ChatText"], swiftSettings: settings),
        .testTarget(
            name: "ChatTerminalTests", dependencies: ["ChatTerminal", "TerminalText", "ChatTesting", "CSys"],
            swiftSettings: settings),
        .testTarget(
            name: "ChatStoreTests", dependencies: ["ChatStore", "ChatTesting", grdb], exclude: ["version1.sql"],
            swiftSettings: settings),
        .testTarget(
            name: "ChatServerTests",
            dependencies: ["ChatServer", "ChatProtocol", "ChatStore", "ChatTesting", "obrold", nioCore, crypto, grdb],
            exclude: ["classic_client.py", "failing_disk.c", "session.golden"], swiftSettings: settings),
        .testTarget(
            name: "ChatClientTests",
            dependencies: ["ChatClient", "ChatProtocol", "ChatStore", "ChatText", "ChatTesting", grdb, nioCore, nioPosix],
            exclude: ["hung_disk.py"], swiftSettings: settings),
        .testTarget(
            name: "ChatLineTests", dependencies: ["ChatLine", "ChatClient", "ChatTesting", "obrol-line", "obrold", nioCore],
            swiftSettings: settings),
        .testTarget(
            name: "ChatTUITests",
            dependencies: [
                "ChatTUI", "ChatClient", "ChatTerminal", "TerminalText", "ChatText", "ChatTesting", "obrol", "obrold",
            ],
            exclude: ["Pictures"], swiftSettings: settings),
    ]
)
