package import ChatProtocol
package import ChatText

/// What went wrong or was notable since the program started, the newest last. Bounded: the oldest is forgotten first.
package struct Journal: Hashable, Sendable {
    package struct Note: Hashable, Sendable {
        package var time: Timestamp
        package var sentence: Sentence
        package var isWarning: Bool
        /// How often it was said in a row.
        package var count = 1
    }

    package static let capacity = 200

    package private(set) var notes: [Note] = []

    package init() {}

    package mutating func add(_ sentence: Sentence, at time: Timestamp, isWarning: Bool) {
        if let last = notes.indices.last, notes[last].sentence == sentence {
            notes[last].time = time
            notes[last].count += 1
            return
        }
        notes.append(Note(time: time, sentence: sentence, isWarning: isWarning))
        if notes.count > Self.capacity { notes.removeFirst(notes.count - Self.capacity) }
    }
}

/// The journal as an overlay: at its end, or so many lines above it.
package struct LogView: Hashable, Sendable {
    package var hiddenBelow = 0

    package init() {}
}
