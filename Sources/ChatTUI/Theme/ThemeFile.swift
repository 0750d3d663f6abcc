import ChatTerminal
import ChatText
import TOMLKit

/// One theme file as it was read: its own styles, and the theme that it builds on.
struct ThemeFile {
    var styles: [String: Style] = [:]
    var inherits: String?
    var usesPaletteOnly = false
    private(set) var problems: [FileProblem] = []

    private let file: String
    private let lines: [Substring]
    private var palette: [String: Color] = [:]

    /// - Parameters:
    ///   - text: TOML with `inherits`, `palette_only`, `[palette]` and `[roles]`.
    ///   - file: what problems call it.
    ///   - overrides: the palette of the theme that builds on this one: the same roles in other colours.
    ///   - inherited: the palette of the theme that this one builds on, by its name.
    init(_ text: String, file: String, overrides: [String: Color], inherited: (String) -> [String: Color]) {
        self.file = file
        lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        let root: TOMLTable
        do {
            root = try TOMLTable(string: text)
        } catch let error as TOMLParseError {
            problems.append(FileProblem(file: file, line: error.source.begin.line, reason: .notTOML(error.description)))
            return
        } catch {
            problems.append(FileProblem(file: file, line: nil, reason: .notTOML("\(error)")))
            return
        }
        for key in root.keys where !["name", "inherits", "palette_only", "palette", "roles"].contains(key) {
            report(key, .themeKeyUnknown(key))
        }
        inherits = root["inherits"]?.string
        usesPaletteOnly = root["palette_only"]?.bool ?? false
        palette = inherits.map(inherited) ?? [:]
        if let table = root["palette"]?.table { readPalette(table) }
        palette.merge(overrides) { _, override in override }
        if let table = root["roles"]?.table { readRoles(table) }
        checkContrast()
    }

    /// The colours that roles may name, those of the themes below included.
    var colors: [String: Color] { palette }

    private mutating func report(_ key: String, _ reason: Sentence) {
        problems.append(FileProblem(file: file, line: line(of: key), reason: reason))
    }

    /// TOML's tree forgets where things stood, so the key is looked up in the text.
    private func line(of key: String) -> Int? {
        let forms = ["\"\(key)\"", "'\(key)'", key]
        let index = lines.firstIndex { line in
            let trimmed = line.drop { $0 == " " || $0 == "\t" || $0 == "[" }
            return forms.contains { form in
                trimmed.hasPrefix(form) && [" ", "=", "\t", "]"].contains(trimmed.dropFirst(form.count).first)
            }
        }
        return index.map { $0 + 1 }
    }

    // MARK: Palette

    private mutating func readPalette(_ table: TOMLTable) {
        for name in table.keys {
            guard let text = table[name]?.string, let color = Self.color(text, palette: [:]) else {
                report(name, .themeColorMalformed(name))
                continue
            }
            palette[name] = color
        }
    }

    private static let names = ["black", "red", "green", "yellow", "blue", "magenta", "cyan", "white"]

    private static func color(_ text: String, palette: [String: Color]) -> Color? {
        if let color = palette[text] { return color }
        if text == "default" { return .default }
        if text.hasPrefix("#"), text.utf8.count == 7, let value = UInt32(text.dropFirst(), radix: 16) { return .hex(value) }
        if let index = names.firstIndex(of: text) { return .ansi(UInt8(index)) }
        let isBright = text.hasPrefix("bright-")
        if isBright, let index = names.firstIndex(of: String(text.dropFirst("bright-".count))) { return .ansi(UInt8(index + 8)) }
        return nil
    }

    // MARK: Roles

    private mutating func readRoles(_ table: TOMLTable) {
        for name in table.keys {
            guard ThemeRoles.isKnown(name) else {
                report(name, .themeRoleUnknown(name))
                continue
            }
            if let text = table[name]?.string {
                styles[name] = Style(foreground: color(text, of: name))
            } else if let entry = table[name]?.table {
                styles[name] = style(entry, of: name)
            } else {
                report(name, .themeRoleMalformed(name))
            }
        }
    }

    private mutating func style(_ entry: TOMLTable, of role: String) -> Style {
        var style = Style()
        for key in entry.keys {
            switch key {
            case "fg": style.foreground = entry["fg"]?.string.flatMap { color($0, of: role) }
            case "bg": style.background = entry["bg"]?.string.flatMap { color($0, of: role) }
            case "attributes":
                for attribute in entry["attributes"]?.array.map(Array.init) ?? [] {
                    guard let name = attribute.string, let emphasis = Self.emphasis[name] else {
                        report(role, .themeAttributeUnknown(role))
                        continue
                    }
                    style.emphasis.insert(emphasis)
                }
            default: report(role, .themeRoleKeyUnknown(role, key))
            }
        }
        return style
    }

    private static let emphasis: [String: Emphasis] = [
        "bold": .bold, "dim": .dim, "italic": .italic, "underline": .underline, "reverse": .reverse,
    ]

    private mutating func color(_ text: String, of role: String) -> Color? {
        if let color = Self.color(text, palette: palette) { return color }
        report(role, .themeColorUnknown(text, role))
        return nil
    }

    // MARK: Contrast

    /// Letters nearer to their ground than this cannot be read by many. (WCAG asks for 4.5; dimmed marks may have less.)
    private static let leastContrast = 1.8

    private mutating func checkContrast() {
        let ground = styles["ui.background"]?.background
        for (name, style) in styles.sorted(by: { $0.key < $1.key }) where name != "ui.background" {
            guard let letters = style.foreground, let below = style.background ?? ground,
                let contrast = Contrast.ratio(letters, below), contrast < Self.leastContrast
            else { continue }
            let shown = Double(Int(contrast * 10)) / 10
            report(name, .themeHardToRead(name, contrast: "\(shown)"))
        }
    }
}

/// How well one colour can be read on another, as WCAG reckons.
enum Contrast {
    /// 1 for none to 21; nil where the user's terminal decides the colour.
    static func ratio(_ first: Color, _ second: Color) -> Double? {
        guard let a = luminance(first), let b = luminance(second) else { return nil }
        return (max(a, b) + 0.05) / (min(a, b) + 0.05)
    }

    private static func luminance(_ color: Color) -> Double? {
        guard case .rgb(let red, let green, let blue) = color else { return nil }
        // The square is near enough to the gamma of screens.
        func linear(_ value: UInt8) -> Double { Double(value) / 255 * Double(value) / 255 }
        return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
    }
}
