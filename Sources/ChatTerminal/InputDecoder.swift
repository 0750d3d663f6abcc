/// Turns the bytes that a terminal sends into what a person did. Pure: time comes in from outside.
///
/// Bytes may be split anywhere: the same events come out. What cannot be a key (replies to questions that were asked of
/// the terminal, broken sequences) is swallowed, never typed. Memory is bounded however long a sequence is.
package struct InputDecoder: Sendable {
    package typealias Instant = ContinuousClock.Instant

    /// How long a lone ESC may still become Alt or a sequence.
    package static let escapeDelay = Duration.milliseconds(50)
    /// How long the rest of a paste or of a sequence may take.
    package static let patience = Duration.seconds(1)
    /// How long a paste that stopped may still go on. A terminal that never says where it ends would otherwise take all
    /// that is typed for a part of it.
    package static let pastePatience = Duration.seconds(30)
    /// What is kept of a paste, in bytes.
    package static let maximumPaste = 4 << 20
    /// A reply longer than this is skipped without being kept.
    static let maximumSequence = 4096

    private enum Mode {
        case ground
        case pasting(PasteReader)
        /// Inside of a string from the terminal that is too long to be kept.
        case skipping(sawEscape: Bool)
    }

    private let keys: KeyTable
    private var mode = Mode.ground
    /// The beginning of a sequence or of a character whose rest has not come yet.
    private var pending: [UInt8] = []
    private var lastByteAt: Instant?

    package init(keys: KeyTable = .standard) {
        self.keys = keys
    }

    /// When ``expire(now:)`` is to be called if nothing comes before.
    package var deadline: Instant? {
        guard let lastByteAt else { return nil }
        switch mode {
        case .pasting(let reader): return lastByteAt + (reader.hasNews ? Self.patience : Self.pastePatience)
        case .skipping: return lastByteAt + Self.patience
        case .ground:
            if pending.isEmpty { return nil }
            let mayBeAlone = pending.count <= 2 && pending.first == SequenceParser.escape
            return lastByteAt + (mayBeAlone ? Self.escapeDelay : Self.patience)
        }
    }

    /// Takes what was read and returns what is certain.
    package mutating func decode(_ bytes: some Sequence<UInt8>, now: Instant) -> [InputEvent] {
        var events: [InputEvent] = []
        var input = pending
        pending = []
        input.append(contentsOf: bytes)
        lastByteAt = now
        process(input, isFinal: false, into: &events)
        return events
    }

    /// Settles what has waited too long: a lone ESC becomes the key, and of a paste without its end what there is so far is
    /// handed over.
    package mutating func expire(now: Instant) -> [InputEvent] {
        guard let deadline, now >= deadline else { return [] }
        var events: [InputEvent] = []
        switch mode {
        case .pasting(var reader):
            if !reader.hasNews {
                mode = .ground
            } else if reader.isContinued, let struck = struckAlone(in: reader.rest) {
                events += struck
                reader.drop()
                mode = struck.contains(where: \.isKey) ? .ground : .pasting(reader)
            } else {
                events.append(.paste(reader.handOver()))
                mode = .pasting(reader)
            }
        case .skipping:
            mode = .ground
        case .ground:
            let input = pending
            pending = []
            process(input, isFinal: true, into: &events)
        }
        return events
    }

    /// Amid a paste that stopped, what nobody writes with, such as ^C and Esc, comes from somebody who waits for it in vain,
    /// and reports from the terminal; nil if anything among it can have been pasted.
    private func struckAlone(in bytes: [UInt8]) -> [InputEvent]? {
        var rest = bytes[...]
        var events: [InputEvent] = []
        while !rest.isEmpty {
            let parser = SequenceParser(bytes: rest, keys: keys, isFinal: true)
            guard case .event(let event, let length) = parser.next(), !event.writes else { return nil }
            events.append(event)
            rest.removeFirst(length)
        }
        return events
    }

    private mutating func process(_ input: [UInt8], isFinal: Bool, into events: inout [InputEvent]) {
        var rest = input[...]
        while let byte = rest.first {
            switch mode {
            case .pasting(var reader):
                rest.removeFirst(reader.take(rest))
                if reader.isFinished {
                    mode = .ground
                    if let paste = reader.end() { events.append(.paste(paste)) }
                } else {
                    mode = .pasting(reader)
                }
            case .skipping(let sawEscape):
                rest.removeFirst()
                let isOver = byte == 0x07 || (sawEscape && byte == UInt8(ascii: "\\"))
                mode = isOver ? .ground : .skipping(sawEscape: byte == 0x1B)
            case .ground:
                let parser = SequenceParser(bytes: rest, keys: keys, isFinal: isFinal)
                switch parser.next() {
                case .event(let event, let length):
                    events.append(event)
                    rest.removeFirst(length)
                case .nothing(let length):
                    rest.removeFirst(length)
                case .pasteStart(let length):
                    rest.removeFirst(length)
                    mode = .pasting(PasteReader(limit: Self.maximumPaste))
                case .incomplete where rest.count > Self.maximumSequence:
                    mode = .skipping(sawEscape: rest.last == 0x1B)
                    return
                case .incomplete:
                    pending = Array(rest)
                    return
                }
            }
        }
    }
}

/// Collects a paste until its end comes. One that stops is handed over in parts.
private struct PasteReader {
    static let terminator: [UInt8] = [0x1B, 0x5B, 0x32, 0x30, 0x31, 0x7E]

    let limit: Int
    /// A part has been handed over.
    var isContinued = false
    /// Something came after that, or nothing was handed over yet.
    var hasNews = true
    var content: [UInt8] = []
    var matched = 0
    var isTruncated = false

    init(limit: Int) {
        self.limit = limit
    }

    var isFinished: Bool { matched == Self.terminator.count }

    /// All that came and was not handed over, also what may become the terminator.
    var rest: [UInt8] { content + Self.terminator.prefix(matched) }

    /// Takes bytes up to the end of the paste, and returns how many.
    mutating func take(_ bytes: ArraySlice<UInt8>) -> Int {
        hasNews = true
        var count = 0
        for byte in bytes {
            count += 1
            if byte == Self.terminator[matched] {
                matched += 1
                if isFinished { break }
                continue
            }
            // ESC stands only at the beginning of the terminator, so a false start needs no second look.
            for earlier in Self.terminator.prefix(matched) { keep(earlier) }
            matched = byte == Self.terminator[0] ? 1 : 0
            if matched == 0 { keep(byte) }
        }
        return count
    }

    private mutating func keep(_ byte: UInt8) {
        if content.count < limit { content.append(byte) } else { isTruncated = true }
    }

    /// What there is of a paste that stopped, but for a character whose rest has not come yet.
    mutating func handOver() -> Paste {
        let begun = UTF8Prefix.unfinishedEnd(of: content)
        content.removeLast(begun.count)
        defer {
            content = begun
            isContinued = true
            hasNews = false
        }
        return paste(isComplete: false)
    }

    /// What came was no part of the paste.
    mutating func drop() {
        content = []
        matched = 0
        hasNews = false
    }

    /// The paste, or the last part of one that was handed over in parts, if there is anything left of it.
    func end() -> Paste? {
        if isContinued && content.isEmpty { return nil }
        return paste(isComplete: !isContinued && !isTruncated)
    }

    private func paste(isComplete: Bool) -> Paste {
        Paste(text: String(decoding: content, as: UTF8.self), isComplete: isComplete)
    }
}
