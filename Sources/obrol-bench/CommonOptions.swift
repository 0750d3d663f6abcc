import ArgumentParser

/// What every mode takes.
struct CommonOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Folder for the server's data; a temporary one by default, where the disk is what TMPDIR is.", valueName: "dir"))
    var dataDir: String?

    @Option(help: ArgumentHelp("The server's threads for connections.", valueName: "count"))
    var threads = 1
}
