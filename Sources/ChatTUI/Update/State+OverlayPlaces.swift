import ChatClient
import ChatTerminal
import ChatText
import TerminalText

/// Where overlays lie, and what stands in their lines: drawing, scrolling and the mouse agree through it.
extension State {
    package func box(of overlay: Overlay) -> OverlayBox {
        let most = size.rows - 5
        func box(_ columns: Int, _ rows: Int) -> OverlayBox { OverlayBox(size: size, columns: columns, rows: rows) }
        switch overlay {
        case .help: return tallBox(84, least: 3)
        case .goTo: return box(64, min(16, max(4, most)))
        // What they look like is seen around the list.
        case .themes(let picker): return box(40, min(picker.list.count + 1, max(4, most)))
        case .log: return logBox
        case .find: return tallBox(90, least: 4)
        case .folders: return box(Self.folderColumns, min(20, max(3, most)))
        case .members(let list): return box(50, min(max(1, list.people.count), max(3, most)))
        case .question(let question):
            let text = lines(of: question)
            return box(Self.questionColumns, text.shown.count + (text.hasGap ? 1 : 0) + question.answers.count)
        }
    }

    /// As tall as can be. One that is as wide as the screen leaves nothing of the panes in sight but a line that belongs to none.
    func tallBox(_ columns: Int, least: Int) -> OverlayBox {
        let coversPanes = size.columns <= columns && size.rows >= OverlayBox.borderedRows
        return OverlayBox(size: size, columns: columns, rows: max(least, size.rows - (coversPanes ? 4 : 5)))
    }

    static let folderColumns = 72
    private static let questionColumns = 60

    /// As much of a question's text as there is room for above its answers, and whether there is some for an empty line.
    func lines(of question: Question) -> (shown: [String], hasGap: Bool) {
        let columns = min(Self.questionColumns, size.columns)
        let text = TextLayout.wrap(Sanitizer.body.clean(question.text[language]), width: max(1, columns - 4))
        let room = size.rows - (size.rows >= OverlayBox.borderedRows ? 3 : 2) - question.answers.count
        let shown = text.prefix(max(1, min(room, max(3, size.rows - question.answers.count - 6))))
        return (shown.map { String($0.text) }, shown.count < room)
    }

    /// The rows of which one can be chosen; nil where there are none.
    func choices(of overlay: Overlay) -> ChoiceWindow? {
        let area = box(of: overlay).inner
        // Above a list stands its filter.
        let body = area.inset(top: 1)
        switch overlay {
        case .goTo(let list): return ChoiceWindow(count: list.found.count, choice: list.choice, area: body)
        case .themes(let picker):
            return ChoiceWindow(count: picker.list.found.count, choice: picker.list.choice, area: body)
        case .folders(let list):
            let isCut = list.saysThatItIsCut(rows: body.rows)
            return ChoiceWindow(count: list.found.count, choice: list.choice, area: body.inset(bottom: isCut ? 1 : 0))
        case .find(let view):
            return ChoiceWindow(count: view.hits.count, choice: view.choice, area: body, height: OverlayFrame.hitLines)
        case .question(let question):
            // They stand at the bottom: they are seen even where the text is cut.
            let answers = area.inset(top: area.rows - question.answers.count)
            return ChoiceWindow(count: question.answers.count, choice: question.choice, area: answers)
        case .help, .members, .log: return nil
        }
    }

    // MARK: The mouse

    /// A press takes the row that it is on, or closes what it is beside; the wheel scrolls.
    mutating func take(_ mouse: MouseEvent, over overlay: Overlay) {
        switch mouse.action {
        case .wheelUp: moveOverlay(by: -wheelSteps(over: overlay))
        case .wheelDown: moveOverlay(by: wheelSteps(over: overlay))
        case .press(.left): press(at: mouse.position, over: overlay)
        case .press, .drag, .move, .release: break
        }
    }

    /// A choice moves row by row, a text by some lines.
    private func wheelSteps(over overlay: Overlay) -> Int { choices(of: overlay) == nil ? Self.wheelLines : 1 }

    private mutating func press(at position: Position, over overlay: Overlay) {
        guard box(of: overlay).frame.contains(position) else { return closeOverlay() }
        guard let window = choices(of: overlay), let row = window.row(at: position) else { return }
        moveOverlay(by: row - window.choice)
        acceptOverlay()
    }
}
