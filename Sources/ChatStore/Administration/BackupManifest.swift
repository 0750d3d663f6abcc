import ChatProtocol

/// What a backup says of itself, as text that people can read. It is the last member: an archive that has it is whole.
struct BackupManifest: Equatable {
    /// When, in the form of ISO 8601.
    var made: String
    /// The program that made it.
    var program: String
    /// Of the history that it holds.
    var epoch: String
    /// SHA-256 of the database.
    var database: String
    /// Contents that were missing or damaged when it was made.
    var damaged: [FileID]

    private static let title = "obrol backup 1"

    var text: String {
        let lines =
            [Self.title, "made: \(made)", "program: \(program)", "epoch: \(epoch)", "database: \(database)"]
            + damaged.map { "damaged: \($0.text)" }
        return lines.joined(separator: "\n") + "\n"
    }

    init(made: String, program: String, epoch: String, database: String, damaged: [FileID]) {
        (self.made, self.program, self.epoch) = (made, program, epoch)
        (self.database, self.damaged) = (database, damaged)
    }

    /// - Returns: nil for what is not the text of a backup that we know.
    init?(text: String) {
        let lines = text.split(separator: "\n")
        guard lines.first == Self.title[...] else { return nil }
        var values: [String: String] = [:]
        damaged = []
        for line in lines.dropFirst() {
            guard let colon = line.firstRange(of: ": ") else { return nil }
            let (key, value) = (String(line[..<colon.lowerBound]), String(line[colon.upperBound...]))
            if key == "damaged" {
                guard let id = try? FileID(value) else { return nil }
                damaged.append(id)
            } else {
                values[key] = value
            }
        }
        guard let made = values["made"], let program = values["program"], let epoch = values["epoch"],
            let database = values["database"]
        else { return nil }
        (self.made, self.program, self.epoch, self.database) = (made, program, epoch, database)
    }
}
