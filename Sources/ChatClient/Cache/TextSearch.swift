import ChatProtocol
import GRDB

/// A search through what the cache holds, newest first, in steps that are short enough for others to come between.
///
/// There is no index of words: it would make every message dearer that arrives, and what is looked for is mostly near.
/// Conversations are merged by the times of their entries.
struct TextSearch: Sendable {
    /// Entries that a step looks at.
    private static let step = 5000
    /// Entries that one answer looks at.
    private static let reach = 100_000

    let question: String
    let conversation: ConversationName?
    private let limit: Int
    private var words: SearchWords
    private var streams: [Stream] = []
    /// Streams by the time of their next entry, the newest last.
    private var order: [Int] = []
    private var start: Found.Place?
    private var hasBegun = false
    private var lookedAt = 0
    private var hits: [(ConversationName, Seq)] = []

    init(_ question: String, in conversation: ConversationName?, before start: Found.Place?, limit: Int) {
        self.question = question
        self.conversation = conversation
        self.start = start
        self.limit = max(1, min(limit, Limits.historyPage))
        words = SearchWords(question)
    }

    /// Whether no further step would change the answer.
    var isOver: Bool {
        words.isEmpty || hits.count >= limit || lookedAt >= Self.reach || hasBegun && order.isEmpty
    }

    /// Looks a little further.
    mutating func advance(in rows: CacheRows) throws {
        if !hasBegun { try begin(in: rows) }
        let end = lookedAt + Self.step
        while !isOver, lookedAt < end, let newest = order.popLast() {
            guard let entry = try streams[newest].next(in: rows, &words) else { continue }
            lookedAt += 1
            if entry.isHit { hits.append((streams[newest].conversation, entry.seq)) }
            try place(newest, in: rows)
        }
    }

    func answer(in rows: CacheRows) throws -> Found {
        let entries = try hits.compactMap { conversation, seq in try rows.entry(seq, of: conversation) }
        let ends = order.map { (streams[$0].conversation, streams[$0].end) }
        return Found(
            text: question, conversation: conversation, entries: entries,
            next: ends.isEmpty || words.isEmpty ? nil : Found.Place(ends: Dictionary(uniqueKeysWithValues: ends)))
    }

    private mutating func begin(in rows: CacheRows) throws {
        hasBegun = true
        let ends =
            if let start { start.ends } else if let conversation { [conversation: Seq.maximum] } else {
                Dictionary(uniqueKeysWithValues: try rows.searchable().map { ($0, Seq.maximum) })
            }
        streams = ends.map { Stream(conversation: $0.key, end: $0.value) }
        for number in streams.indices { try place(number, in: rows) }
    }

    /// Puts a stream where it comes in order; one at its end comes nowhere.
    private mutating func place(_ number: Int, in rows: CacheRows) throws {
        guard let time = try streams[number].peek(in: rows, &words)?.time else { return }
        var (low, high) = (0, order.count)
        while low < high {
            let middle = (low + high) / 2
            if (streams[order[middle]].head?.time ?? time) < time { low = middle + 1 } else { high = middle }
        }
        order.insert(number, at: low)
    }
}

/// One conversation, read backwards; more at a time the more is wanted of it.
private struct Stream: Sendable {
    struct Line: Sendable {
        var seq: Seq
        var time: Timestamp
        var isHit: Bool
    }

    let conversation: ConversationName
    /// What comes from here on was given.
    private(set) var end: Seq
    private var read: ArraySlice<Line> = []
    private var readEnd: Seq
    private var portion = 1

    init(conversation: ConversationName, end: Seq) {
        self.conversation = conversation
        self.end = end
        readEnd = end
    }

    var head: Line? { read.first }

    mutating func peek(in rows: CacheRows, _ words: inout SearchWords) throws -> Line? {
        if read.isEmpty {
            read = try rows.lines(of: conversation, before: readEnd, limit: portion, &words)[...]
            portion = min(portion * 8, 512)
            readEnd = read.last?.seq ?? .zero
        }
        return read.first
    }

    mutating func next(in rows: CacheRows, _ words: inout SearchWords) throws -> Line? {
        guard let line = try peek(in: rows, &words) else { return nil }
        read.removeFirst()
        end = line.seq
        return line
    }
}

extension CacheRows {
    /// All conversations that have entries.
    fileprivate func searchable() throws -> [ConversationName] {
        try String.fetchAll(database, sql: "SELECT name FROM conversations").compactMap { try? ConversationName($0) }
    }

    /// Entries before a seq, newest first, and whether the words occur in each.
    fileprivate func lines(
        of conversation: ConversationName, before end: Seq, limit: Int, _ words: inout SearchWords
    ) throws -> [Stream.Line] {
        let statement = try database.cachedStatement(
            sql: """
                SELECT seq, time, CASE kind WHEN 'message' THEN text WHEN 'file' THEN file_name END FROM entries
                WHERE conversation = ? AND seq < ? ORDER BY seq DESC LIMIT ?
                """)
        var lines: [Stream.Line] = []
        let cursor = try Row.fetchCursor(statement, arguments: [conversation.key, end.value, limit])
        while let row = try cursor.next() {
            let text: String? = row[2]
            lines.append(
                Stream.Line(
                    seq: Seq(unchecked: row[0]), time: Timestamp(milliseconds: row[1]),
                    isHit: text.map { words.allOccur(in: $0) } ?? false))
        }
        return lines
    }
}
