/// Bells and notifications.
extension Sentence {
    package static func newMessages(_ count: Int) -> Sentence {
        let shown = MessageCount.text(count)
        return Sentence("\(shown) new", "\(shown) baru")
    }

    /// - Parameter level: `all`, `mentions` or `none`, as they are typed.
    package static func notifyLevel(_ name: String, _ level: String) -> Sentence {
        let meaning = notifyMeanings[level] ?? Sentence(verbatim: level)
        return Sentence("\(name): \(meaning.english)", "\(name): \(meaning.indonesian)")
    }
    private static let notifyMeanings: [String: Sentence] = [
        "all": Sentence("every message notifies", "setiap pesan diberitahukan"),
        "mentions": Sentence("only mentions notify", "hanya sebutan yang diberitahukan"),
        "none": Sentence("nothing notifies", "tidak ada yang diberitahukan"),
    ]
    package static let notifyNowhere = Sentence(
        "Open the conversation that this is about", "Buka dulu percakapan yang dimaksud")
}
