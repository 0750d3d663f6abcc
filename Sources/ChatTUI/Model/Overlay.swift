package import ChatClient
package import ChatProtocol
package import ChatText

/// Something that lies over the panes and takes all keys until it is closed. They stack.
package enum Overlay: Hashable, Sendable {
    case help(HelpList)
    case goTo(GoToList)
    case question(Question)
    case members(MemberList)
    case folders(FolderList)
    case themes(ThemePicker)
    case log(LogView)
    case find(FindView)
}

/// What the help lists, with a search.
package struct HelpList: Hashable, Sendable {
    package var filter = Editor(isSingleLine: true)
    /// How many lines are scrolled out at the top.
    package var offset = 0

    package init() {}
}

/// A question with a few answers, or a menu: one of its answers is chosen with the arrows and taken with Enter.
package struct Question: Hashable, Sendable {
    /// What an answer does.
    package enum Outcome: Hashable, Sendable {
        case nothing
        case quit
        case logOut
        case join(RoomName)
        case retry(OutboxItem.ID)
        case discard(OutboxItem)
        /// To the person's own clipboard.
        case copy(String)
        case quote(Entry)
        case download(SharedFile)
        case upload(UploadRequest)
        case sendAsFile(PastedText)
        /// In the open conversation.
        case showMessage(Seq)
        case cancel(Transfer.ID)
        case pauseTransfer(Transfer.ID)
        case retryTransfer(Transfer.ID)
        /// From the list of them.
        case chooseTheme
    }

    package struct Answer: Hashable, Sendable {
        package var label: Sentence
        package var outcome: Outcome

        package init(_ label: Sentence, _ outcome: Outcome) {
            self.label = label
            self.outcome = outcome
        }
    }

    package var title: Sentence
    package var text: Sentence
    package var answers: [Answer]
    package var choice = 0

    package init(title: Sentence, text: Sentence, answers: [Answer]) {
        self.title = title
        self.text = text
        self.answers = answers
    }

    package mutating func move(by steps: Int) {
        choice = min(max(0, choice + steps), max(0, answers.count - 1))
    }
}

/// Who is in a room; filled when the answer comes.
package struct MemberList: Hashable, Sendable {
    package var room: RoomName
    package var people: [Person] = []
    package var offset = 0

    package init(room: RoomName) {
        self.room = room
    }
}
