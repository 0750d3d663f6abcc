import ChatClient
import ChatText
import Foundation
import TOMLKit

/// What a person chose once and for all: `settings.toml` in the folder of settings.
///
/// The program changes one line at a time, so that all else that stands there stays, comments included.
struct Settings: Hashable, Sendable {
    var theme: String?
    /// How to be told of messages; see ``AlertForm``.
    var notify: String?
    private(set) var problems: [FileProblem] = []

    static let fileName = "settings.toml"

    init() {}

    /// - Parameter text: TOML with `theme` and `notify`.
    init(_ text: String) {
        let root: TOMLTable
        do {
            root = try TOMLTable(string: text)
        } catch let error as TOMLParseError {
            report(error.source.begin.line, .notTOML(error.description))
            return
        } catch {
            report(nil, .notTOML("\(error)"))
            return
        }
        for key in root.keys {
            let line = Self.lines(of: text).firstIndex { Self.isAbout(key, $0) }.map { $0 + 1 }
            switch key {
            case "theme":
                theme = root[key]?.string
                if theme == nil { report(line, .settingMalformed(key, "\"…\"")) }
            case "notify":
                notify = root[key]?.string.flatMap { AlertForm.names.contains($0) ? $0 : nil }
                if notify == nil { report(line, .settingMalformed(key, AlertForm.names.joined(separator: ", "))) }
            default: report(line, .settingUnknown(key))
            }
        }
    }

    private mutating func report(_ line: Int?, _ reason: Sentence) {
        problems.append(FileProblem(file: Self.fileName, line: line, reason: reason))
    }

    // MARK: On disk

    /// Where the settings lie. A link to another place is followed: people keep their settings together elsewhere.
    static func path(in folder: String) -> String {
        let path = folder + "/" + fileName
        return (try? FileManager.default.destinationOfSymbolicLink(atPath: path)) == nil
            ? path : (path as NSString).resolvingSymlinksInPath
    }

    /// What was chosen; nothing if there is no file. One that cannot be read is a problem.
    static func load(from folder: String) -> Settings {
        do throws(PrivateFiles.Failure) {
            return try PrivateFiles.content(path(in: folder)).map { Settings(String(decoding: $0, as: UTF8.self)) } ?? Settings()
        } catch {
            var settings = Settings()
            settings.report(nil, Sentence(verbatim: SystemError(code: error.code).text))
            return settings
        }
    }

    /// Remembers one choice.
    /// - Throws: why it cannot be, in words; then the file is as it was.
    static func keep(_ key: String, _ value: String, in folder: String) throws(PrivateFiles.Failure) {
        try PrivateFiles.makeFolder(folder)
        let path = path(in: folder)
        let before = try PrivateFiles.content(path).map { String(decoding: $0, as: UTF8.self) } ?? ""
        try PrivateFiles.replace(path, with: Array(text(before, with: key, value).utf8))
    }

    /// The text of the file with one setting changed, or added where no table has begun yet.
    static func text(_ text: String, with key: String, _ value: String) -> String {
        var lines = lines(of: text)
        if lines.last == "" { lines.removeLast() }
        let escaped = value.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
        let line = "\(key) = \"\(escaped)\""
        let end = lines.firstIndex { $0.drop(while: isBlank).first == "[" } ?? lines.count
        if let index = lines[..<end].firstIndex(where: { isAbout(key, $0) }) {
            lines[index] = line[...]
        } else {
            lines.insert(line[...], at: end)
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func lines(of text: String) -> [Substring] {
        text.split(separator: "\n", omittingEmptySubsequences: false)
    }

    private static func isAbout(_ key: String, _ line: Substring) -> Bool {
        let line = line.drop(while: isBlank)
        return line.hasPrefix(key) && line.dropFirst(key.count).drop(while: isBlank).first == "="
    }

    private static func isBlank(_ character: Character) -> Bool { character == " " || character == "\t" }
}
