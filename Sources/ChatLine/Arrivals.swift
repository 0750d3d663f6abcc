import ChatProtocol

/// Through which entry each conversation has been shown, so that what arrives is shown once.
struct Arrivals {
    private var shown: [ConversationName: Seq] = [:]
    /// What was asked for: everything through this seq.
    private var asked: [ConversationName: Seq] = [:]
    /// Whether what arrives is news: before catching up has ended it is history.
    private(set) var areLive = false

    mutating func begin(_ last: [ConversationName: Seq]) {
        shown = last
        areLive = true
    }

    /// Everything through this seq counts as shown.
    mutating func skip(_ conversation: ConversationName, through seq: Seq) {
        shown[conversation] = max(shown[conversation] ?? .zero, seq)
    }

    /// The seq after which entries are to be asked for; nil if none are lacking, or they are on their way.
    mutating func next(_ conversation: ConversationName, through last: Seq) -> Seq? {
        let seq = shown[conversation] ?? .zero
        guard last > seq, asked[conversation] == nil else { return nil }
        asked[conversation] = last
        return seq
    }

    /// Takes an answer.
    /// - Parameter isEnd: whether it reaches to the end of what was asked for, shown or not.
    /// - Returns: Whether its entries are to be shown: false if it answers something else.
    mutating func take(_ conversation: ConversationName, _ entries: [Entry], after seq: Seq, isEnd: Bool) -> Bool {
        guard let last = asked[conversation], shown[conversation] ?? .zero == seq else { return false }
        asked[conversation] = nil
        let end = entries.last?.seq ?? seq
        shown[conversation] = isEnd ? max(last, end) : end
        return true
    }
}
