extension Editor {
    /// Does what a key of ``KeyContext/editing`` asks. False if the action is not about editing a text.
    package mutating func perform(_ action: Action) -> Bool {
        switch action {
        case .moveLeft: move(.left)
        case .moveRight: move(.right)
        case .moveWordLeft: move(.wordLeft)
        case .moveWordRight: move(.wordRight)
        case .moveLineStart: move(.lineStart)
        case .moveLineEnd: move(.lineEnd)
        case .deleteBackward: delete(.left)
        case .deleteForward: delete(.right)
        case .killWord: kill(.blankWordLeft)
        case .killWordRight: kill(.wordRight)
        case .killToStart: kill(.lineStart)
        case .killToEnd: kill(.lineEndOrFeed)
        case .yank: yank()
        case .undo: undo()
        default: return false
        }
        return true
    }
}
