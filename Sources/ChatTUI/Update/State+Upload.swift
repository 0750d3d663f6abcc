import ChatClient
import ChatProtocol
import ChatText
import TerminalText

/// Sending a file: from a path, by a look at what is there and a question, to the transfer.
extension State {
    var pathText: PathText { PathText(home: launch.home, workingDirectory: launch.workingDirectory) }

    mutating func inquire(_ subject: FileInquiry.Subject, for purpose: FileInquiries.Purpose) {
        emit(.look(FileInquiry(id: inquiries.begin(purpose), subject)))
    }

    mutating func take(_ finding: FileFinding) {
        guard let purpose = inquiries.end(finding.id), case .chat = stage else { return }
        switch purpose {
        case .upload(let origin, let target): settle(finding.result, from: origin, to: target)
        case .completion(let completion): settle(finding.result, of: completion)
        case .folderList: fillFolderList(finding.result)
        case .pastedText(let pasted): settle(finding.result, of: pasted)
        }
    }

    // MARK: Asking

    /// `/upload PATH`. What was typed stays until the file is on its way, so that it can be corrected.
    mutating func beginUpload(path: String, typed: String) {
        guard let target = uploadTarget() else { return }
        inquire(.file(pathText.candidates(ofArgument: path)), for: .upload(.command(typed), to: target))
    }

    /// A path was pasted, and its text stands in compose already: what is typed next follows it, however long the look takes.
    mutating func considerPaste(_ text: String) {
        let candidates = pathText.candidates(ofPaste: text)
        guard !candidates.isEmpty, let target = composeTarget, canWrite(to: target) else { return }
        let isArgument = Self.uploadArgument(of: composeEditor.text) != nil
        let origin: UploadOrigin = isArgument ? .command(Self.trimmed(composeEditor.text)) : .paste(composeEditor)
        inquire(.file(candidates), for: .upload(origin, to: target))
    }

    /// Whom a file would go to now; nil, with the reason in the bottom line, if it cannot go to anybody.
    mutating func uploadTarget() -> ConversationName? {
        guard let target = composeTarget else {
            announce(.uploadNowhere, isWarning: true)
            return nil
        }
        guard canWrite(to: target) else {
            announce(.notSentLeft, isWarning: true)
            return nil
        }
        return target
    }

    private func canWrite(to target: ConversationName) -> Bool {
        !target.isRoom || directory.conversations[target]?.joined != false
    }

    private mutating func settle(_ result: FileFinding.Result, from origin: UploadOrigin, to target: ConversationName) {
        guard isStillMeant(origin, target) else { return }
        switch result {
        case .file(let file) where file.size > Limits.file:
            announce(.fileTooLarge(shownName(of: file.path), ByteCount.text(Limits.file)), isWarning: true)
        case .file(let file): askToUpload(UploadRequest(file: file, target: target, origin: origin))
        case .folder: break
        case .nothing(let trouble): settle(trouble, from: origin)
        }
    }

    private mutating func settle(_ trouble: FileTrouble, from origin: UploadOrigin) {
        switch (origin, trouble) {
        // What is no file is a text like any other.
        case (.paste, _): break
        case (.command, .isFolder(let path)): openFolderList(at: path)
        case (.folderList, .isFolder(let path)): enterFolder(path)
        default: announce(.cannotSend(say(trouble)), isWarning: true)
        }
    }

    /// Whoever went on writing, or went somewhere else, waits for no question.
    private func isStillMeant(_ origin: UploadOrigin, _ target: ConversationName) -> Bool {
        switch origin {
        case .paste(let editor): overlays.isEmpty && composeTarget == target && composeEditor == editor
        case .command(let text): overlays.isEmpty && composeTarget == target && Self.trimmed(composeEditor.text) == text
        case .folderList: if case .folders = overlays.last { true } else { false }
        }
    }

    private mutating func askToUpload(_ request: UploadRequest) {
        let name = TextLayout.shorten(shownName(of: request.file.path), width: Self.questionNameColumns)
        let recipient = directory.label(of: request.target)
        let isPaste = if case .paste = request.origin { true } else { false }
        overlays.append(
            .question(
                Question(
                    title: .toConversation(recipient),
                    text: .uploadQuestion(name, ByteCount.text(request.file.size), recipient),
                    answers: [.init(.uploadNow, .upload(request)), .init(isPaste ? .asText : .cancel, .nothing)])))
    }

    /// Beginning and end of a name are seen, whatever its length: the end says what it is.
    private static let questionNameColumns = 60

    private func shownName(of path: String) -> String { Sanitizer.line.clean(PathText.name(of: path)) }

    func say(_ trouble: FileTrouble) -> Sentence {
        switch trouble {
        case .notFound: .fileNotFound
        case .notAllowed: .fileNotAllowed
        case .isFolder: .fileIsFolder
        case .isNoFile: .fileIsNone
        case .noAnswer: .fileNoAnswer
        case .system(let reason): Sentence(verbatim: reason)
        }
    }

    // MARK: Sending

    /// The person has agreed.
    mutating func upload(_ request: UploadRequest) {
        let (target, path) = (request.target, request.file.path)
        lastFolder = PathText.parent(of: path)
        switch request.origin {
        case .paste(let editor):
            if compose.editor(of: target) == editor { editCompose(of: target) { $0.undo() } }
        case .command(let text):
            compose.remember(text)
            if Self.trimmed(compose.editor(of: target).text) == text { editCompose(of: target) { $0.clear() } }
        case .folderList:
            overlays.removeAll { if case .folders = $0 { true } else { false } }
        }
        emit(.perform(.upload(path: path, to: target, transfer: beginTransfer())))
        announce(.uploadStarted(shownName(of: path), directory.label(of: target)))
    }

    private mutating func editCompose(of target: ConversationName, _ change: (inout Editor) -> Void) {
        if target == composeTarget { editCompose(change) } else { compose.edit(target, now: now, change) }
    }

    mutating func download(_ file: SharedFile) {
        emit(.perform(.download(file, transfer: beginTransfer())))
        announce(.downloadStarted(Sanitizer.line.clean(file.label.text)))
    }
}
