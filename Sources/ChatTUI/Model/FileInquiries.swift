package import ChatProtocol

/// What was asked about files, and what for, until the answer comes.
package struct FileInquiries: Hashable, Sendable {
    package enum Purpose: Hashable, Sendable {
        /// Should it be a file, it may go up.
        case upload(UploadOrigin, to: ConversationName)
        case completion(PathCompletion)
        /// For the folder list that lies over the panes.
        case folderList
        /// Should it be kept in a file, that goes up.
        case pastedText(PastedText)
    }

    private var pending: [Int: Purpose] = [:]
    private var lastID = 0

    package init() {}

    mutating func begin(_ purpose: Purpose) -> Int {
        lastID += 1
        pending[lastID] = purpose
        return lastID
    }

    /// Nil for what was given up meanwhile.
    mutating func end(_ id: Int) -> Purpose? { pending.removeValue(forKey: id) }

    /// Answers to these are no longer wanted.
    mutating func giveUp(where isUnwanted: (Purpose) -> Bool) {
        pending = pending.filter { !isUnwanted($0.value) }
    }
}

/// Where a path came from, and with it what is done when its file goes up or does not.
package enum UploadOrigin: Hashable, Sendable {
    /// Pasted or dropped into compose, which then looked like this: the text stands there until the file goes up instead.
    case paste(Editor)
    /// Typed behind `/upload`: the whole text.
    case command(String)
    case folderList
}

/// A text that is too long for a message and was pasted into compose, which then looked like this.
package struct PastedText: Hashable, Sendable {
    package var text: String
    package var target: ConversationName
    package var editor: Editor

    package init(text: String, target: ConversationName, editor: Editor) {
        self.text = text
        self.target = target
        self.editor = editor
    }
}

/// A file that is to go up as soon as the person agrees. To whom is settled when the question is asked.
package struct UploadRequest: Hashable, Sendable {
    package var file: LocalFile
    package var target: ConversationName
    package var origin: UploadOrigin

    package init(file: LocalFile, target: ConversationName, origin: UploadOrigin) {
        self.file = file
        self.target = target
        self.origin = origin
    }
}
