import ChatText
import Foundation
import Testing

@Suite("The catalogue of sentences")
struct CatalogueTests {
    /// The sources are the list of all sentences; the compiler has seen to it that each has both texts.
    private static func sentences() throws -> [CatalogueSentence] {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let folder = root.appendingPathComponent("Sources/ChatText")
        let files = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
        let literal = #"\s*"((?:\\\([^"]*?\)|\\.|[^"\\])*)"\s*"#
        let pattern = try Regex("Sentence\\(\(literal),\(literal)\\)")
        var sentences: [CatalogueSentence] = []
        for file in files where file.pathExtension == "swift" {
            let text = try String(contentsOf: file, encoding: .utf8)
            for match in text.matches(of: pattern) {
                guard let english = match.output[1].substring, let indonesian = match.output[2].substring else { continue }
                sentences.append(CatalogueSentence(english: String(english), indonesian: String(indonesian)))
            }
        }
        return sentences
    }

    @Test("every sentence has words in both languages")
    func everySentenceHasWords() throws {
        let all = try Self.sentences()
        #expect(all.count > 150)
        for sentence in all {
            #expect(!sentence.english.isEmpty, "\(sentence)")
            #expect(!sentence.indonesian.isEmpty, "\(sentence)")
        }
    }

    @Test("both languages of a sentence use the same arguments")
    func argumentsAgree() throws {
        for sentence in try Self.sentences() {
            func arguments(_ text: String) -> [String] {
                text.matches(of: /\\\((\w+)/).map { String($0.1) }.filter { $0 != "name" || !text.contains("Weekdays") }.sorted()
            }
            #expect(arguments(sentence.english) == arguments(sentence.indonesian), "\(sentence)")
        }
    }

    @Test("sentences hold nothing that a terminal would act on")
    func sentencesAreHarmless() throws {
        for sentence in try Self.sentences() {
            for scalar in (sentence.english + sentence.indonesian).unicodeScalars {
                #expect(scalar.value >= 0x20 && !(0x7F...0x9F).contains(scalar.value), "\(sentence)")
            }
        }
    }

    @Test(
        "the language comes from the setting, then from the locale as POSIX reads it",
        arguments: [
            (["LANG": "id_ID.UTF-8"], Language.indonesian), (["LANG": "en_GB.UTF-8"], .english), ([:], .english),
            (["LC_ALL": "C", "LANG": "id_ID"], .english), (["LC_ALL": "", "LANG": "id_ID"], .indonesian),
            (["LC_MESSAGES": "id_ID", "LANG": "en_US"], .indonesian), (["LANG": "de_DE"], .english),
            (["OBROL_LANG": "id", "LC_ALL": "en_US"], .indonesian), (["LANG": "in_ID"], .indonesian),
        ])
    func languageOfLocale(environment: [String: String], expected: Language) {
        #expect(Language(environment: environment) == expected)
        #expect(Language(setting: "id", environment: environment) == .indonesian)
    }

    @Test("the nationality is guessed from the country of the locale")
    func nationalityOfLocale() {
        #expect(Nationality.guess(environment: ["LANG": "id_ID.UTF-8"]) == "Indonesia")
        #expect(Nationality.guess(environment: ["LANG": "en_SG"]) == "Singapore")
        #expect(Nationality.guess(environment: ["LANG": "C.UTF-8"]).isEmpty)
    }

    @Test("a refusal keeps the server's English words and has Indonesian ones for its code")
    func refusals() {
        let sentence = Sentence.refusal(code: "rate-limited", detail: "Slow down.", retryAfter: 3)
        #expect(sentence[.english] == "Slow down. Again in 3 s.")
        #expect(sentence[.indonesian] == "Terlalu cepat. Coba lagi dalam 3 dtk.")
        #expect(Sentence.refusal(code: "of-tomorrow", detail: "")[.english].contains("of-tomorrow"))
    }

    @Test("what the server says most is said in Indonesian, names and numbers included")
    func saidByServer() {
        func indonesian(_ code: String, _ detail: String) -> String { Sentence.refusal(code: code, detail: detail)[.indonesian] }
        #expect(indonesian("bad-request", "A password on this server has at least 8 bytes.").hasSuffix("paling sedikit 8 bita."))
        #expect(indonesian("bad-request", "The message is empty.") == "Pesannya kosong.")
        #expect(indonesian("forbidden", "You are not in #progjar. Join it first.").contains("berada di #progjar."))
        #expect(indonesian("bad-request", "Something of tomorrow.") == "Permintaan tidak benar.")
        #expect(indonesian("bad-request", "You are not in . Join it first.") == "Permintaan tidak benar.")
    }

    @Test("what is translated of the server's words is what it says")
    func saidInTheSources() throws {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        var sources = ""
        for module in ["ChatProtocol", "ChatStore", "ChatServer", "ChatClient"] {
            let folder = root.appendingPathComponent("Sources/" + module)
            for path in try FileManager.default.subpathsOfDirectory(atPath: folder.path) where path.hasSuffix(".swift") {
                sources += try String(contentsOf: folder.appendingPathComponent(path), encoding: .utf8)
            }
        }
        for sentence in SaidByServer.sentences {
            let source = sentence.english.replacing("\"", with: "\\\"")
            let parts = source.split(separator: "…").map { NSRegularExpression.escapedPattern(for: String($0)) }
            let pattern = try Regex("\"" + parts.joined(separator: #"\\\([^"]*?\)"#) + "\"")
            #expect(sources.contains(pattern), "\(sentence.english)")
            #expect(sentence.indonesian.contains("…") == sentence.english.contains("…"))
        }
    }

    @Test("spans and rates have the units that people read elsewhere")
    func units() {
        let spans = [45, 61, 3600, 3900].map { Sentence.duration(seconds: $0) }
        #expect(spans.map { $0[.english] } == ["45 s", "2 min", "1 h", "1 h 5 min"])
        #expect(spans.map { $0[.indonesian] } == ["45 dtk", "2 mnt", "1 jam", "1 jam 5 mnt"])
        #expect(Sentence.rate("3.1 MB")[.indonesian] == "3.1 MB/dtk")
        #expect(Sentence.offlineUntil(.lineLost, seconds: 5)[.indonesian].hasSuffix("dalam 5 dtk"))
    }

    @Test("a day is written as people do, with the year only where it is another")
    func days() {
        #expect(Sentence.day(weekday: 4, day: 21, month: 5, year: nil)[.english] == "Thu 21 May")
        #expect(Sentence.day(weekday: 4, day: 21, month: 5, year: 2024)[.indonesian] == "Kam 21 Mei 2024")
    }
}

/// A sentence as it stands in the sources.
private struct CatalogueSentence {
    var english: String
    var indonesian: String
}
