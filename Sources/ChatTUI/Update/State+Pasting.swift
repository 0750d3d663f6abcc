import ChatClient
import ChatProtocol
import ChatTerminal
import ChatText
import TerminalText

/// What is pasted: many lines become one message, shown before it is sent; nothing in it acts.
extension State {
    /// More lines are better sent as a file.
    private static let mostLines = 100

    mutating func take(_ paste: Paste) {
        let clean = Sanitizer.paste.examine(paste.text)
        guard !clean.text.isEmpty else { return }
        switch keyContext {
        case .overlay where pasteIntoFolderList(paste.text): break
        case .overlay: editOverlay { $0.insert(clean.text) }
        case .form: editForm { $0.insert(clean.text) }
        case .contacts where !isDrop(paste.text): editFilter { $0.insert(clean.text) }
        default:
            pasteIntoCompose(clean, isComplete: paste.isComplete)
            if paste.isComplete, overlays.isEmpty { considerPaste(paste.text) }
        }
    }

    /// A file that is dropped on the window is not meant for a filter, wherever the focus is.
    private func isDrop(_ text: String) -> Bool {
        contacts.filter.isEmpty && composeTarget != nil && !pathText.candidates(ofPaste: text).isEmpty
    }

    private mutating func pasteIntoCompose(_ clean: Sanitizer.Result, isComplete: Bool) {
        // The line feed at the end of the last line begins no other.
        let lines = clean.text.count { $0 == "\n" } + (clean.text.last == "\n" ? 0 : 1)
        typeIntoCompose(clean.text)
        let isTooLarge = Self.trimmed(composeEditor.text).utf8.count > Limits.messageText
        if !isComplete {
            announce(.pasteIncomplete, isWarning: true)
        } else if isTooLarge || lines > Self.mostLines {
            askToSendAsFile(clean.text, lines: lines, isTooLarge: isTooLarge)
        } else if lines > 1 || clean.controlCount > 0 {
            announce(.pasted(lines: lines, controls: clean.controlCount))
        }
    }

    // MARK: As a file

    /// The text stands in compose already, and stays there unless the person agrees.
    /// - Parameter isTooLarge: no message can hold what stands there now.
    private mutating func askToSendAsFile(_ text: String, lines: Int, isTooLarge: Bool) {
        guard let target = uploadTarget() else { return }
        let recipient = directory.label(of: target)
        let pasted = PastedText(text: text, target: target, editor: composeEditor)
        let size = ByteCount.text(Int64(text.utf8.count))
        overlays.append(
            .question(
                Question(
                    title: .toConversation(recipient),
                    text: isTooLarge
                        ? .pasteTooLarge(lines: lines, size, recipient) : .pasteQuestion(lines: lines, size, recipient),
                    answers: [.init(.asFile, .sendAsFile(pasted)), .init(isTooLarge ? .toShorten : .asText, .nothing)])))
    }

    /// The person has agreed: the text is written to a file first, and leaves compose when that stands on disk.
    mutating func sendAsFile(_ pasted: PastedText) {
        inquire(.keep(pasted.text), for: .pastedText(pasted))
    }

    mutating func settle(_ result: FileFinding.Result, of pasted: PastedText) {
        switch result {
        case .file(let file):
            upload(UploadRequest(file: file, target: pasted.target, origin: .paste(pasted.editor)))
        case .nothing(let trouble): announce(.cannotSend(say(trouble)), isWarning: true)
        case .folder: break
        }
    }
}
