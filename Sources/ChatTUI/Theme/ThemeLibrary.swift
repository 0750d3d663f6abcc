import ChatTerminal
import ChatText
import Foundation
import TerminalText

/// Finds and reads theme files. The only part of themes that touches the disk.
package struct ThemeLibrary: Sendable {
    /// Where themes are looked for, the first first.
    package let folders: [String]

    /// The theme when nobody asked for another.
    package static let defaultName = "obrol-dark"

    package init(folders: [String]) {
        self.folders = folders
    }

    /// `OBROL_THEMES`, the user's own folder, the `Themes` beside the program's package, and the system's.
    package init(environment: [String: String], executable: String?) {
        var folders: [String] = []
        if let own = environment["OBROL_THEMES"], !own.isEmpty { folders.append(own) }
        if let config = environment["XDG_CONFIG_HOME"], config.hasPrefix("/") {
            folders.append(config + "/obrol/themes")
        } else if let home = environment["HOME"], !home.isEmpty {
            folders.append(home + "/.config/obrol/themes")
        }
        // Built by hand the program lies in .build/<triple>/<configuration> below the package.
        var folder = executable.map { ($0 as NSString).deletingLastPathComponent } ?? ""
        for _ in 0..<5 where folder.count > 1 {
            let candidate = folder + "/Themes"
            if FileManager.default.fileExists(atPath: candidate + "/\(Self.defaultName).toml") {
                folders.append(candidate)
                break
            }
            folder = (folder as NSString).deletingLastPathComponent
        }
        folders.append("/usr/local/share/obrol/themes")
        folders.append("/usr/share/obrol/themes")
        self.folders = folders
    }

    /// The names of all themes, each once.
    package var names: [String] {
        var names: Set<String> = []
        for folder in folders {
            let files = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
            for file in files where file.hasSuffix(".toml") {
                let name = String(file.dropLast(".toml".count))
                if Self.canBeShown(name) { names.insert(name) }
            }
        }
        return names.sorted()
    }

    /// Whether a file's name can be put on the screen and typed: others are left alone.
    private static func canBeShown(_ name: String) -> Bool {
        guard let first = name.first, let last = name.last, first != ".", !first.isWhitespace, !last.isWhitespace else {
            return false
        }
        return name.count <= 64 && Sanitizer.line.isClean(name)
    }

    /// The theme of that name with all that it builds on. A theme that is not there is the built-in one with a problem.
    package func load(_ name: String) -> Theme {
        var chain: [ThemeFile] = []
        var problems: [FileProblem] = []
        collect(name, into: &chain, &problems)
        guard !chain.isEmpty else {
            return Theme(name: Theme.builtIn.name, styles: Theme.builtIn.styles, problems: problems)
        }
        var styles: [String: Style] = [:]
        for file in chain.reversed() { styles.merge(file.styles) { _, own in own } }
        problems += chain.flatMap(\.problems)
        let usesPaletteOnly = chain.contains { $0.usesPaletteOnly }
        return Theme(name: name, styles: StyleTable(styles: styles, usesPaletteOnly: usesPaletteOnly), problems: problems)
    }

    /// The file and those that it builds on, itself first.
    private func collect(_ name: String, into chain: inout [ThemeFile], _ problems: inout [FileProblem]) {
        var next: String? = name
        var seen: [String] = []
        while let current = next {
            guard !seen.contains(current) else {
                problems.append(
                    FileProblem(file: current, line: nil, reason: .themeCircle(seen.joined(separator: ", "))))
                return
            }
            seen.append(current)
            guard let file = read(current, seen: seen, overrides: chain.last?.colors ?? [:]) else {
                let places = folders.joined(separator: ", ")
                problems.append(FileProblem(file: current + ".toml", line: nil, reason: .fileNotFound(places)))
                return
            }
            chain.append(file)
            next = file.inherits
        }
    }

    private func read(_ name: String, seen: [String], overrides: [String: Color]) -> ThemeFile? {
        // A name is never a path.
        guard !name.isEmpty, !name.contains("/"), name != ".." else { return nil }
        for folder in folders {
            let path = "\(folder)/\(name).toml"
            guard let data = FileManager.default.contents(atPath: path) else { continue }
            return ThemeFile(String(decoding: data, as: UTF8.self), file: "\(name).toml", overrides: overrides) { parent in
                guard !seen.contains(parent) else { return [:] }
                return read(parent, seen: seen + [parent], overrides: [:])?.colors ?? [:]
            }
        }
        return nil
    }
}
