import ArgumentParser

// Loads a server and says what it bore: one file a mode, each a subcommand. `MeasuredServer` starts a server on loopback
// and reads its cost from /proc; `LoadConnection` is one client; `Report` prints a line of JSON and a table.

@main
struct ObrolBench: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "obrol-bench",
        abstract: "Measures an Obrol server on this machine.",
        discussion: """
            Starts the obrold that lies beside it, with its data in a temporary folder, loads it from one thread, prints a \
            line of JSON and a table, and removes everything. Every message is answered after its durable commit; lost, \
            doubled or misordered ones are counted and make the exit status 1.
            """,
        subcommands: [
            DirectMode.self, RoomMode.self, IdleMode.self, ReconnectMode.self, FileMode.self, HistoryMode.self,
            GrowthMode.self, MachineMode.self,
        ])
}
