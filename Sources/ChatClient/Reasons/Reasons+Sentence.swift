package import ChatProtocol
package import ChatText

// What a reason is called, for all faces. A phrase without a stop: it stands within other sentences.
// `clean` takes out what a terminal would act on, since names and the server's words are anybody's.

extension ProtocolError {
    /// A session that is not known where another server's log is.
    package static let otherServer = ProtocolError(.sessionInvalid, Sentence.otherServer[.english])

    package func sentence(_ clean: (String) -> String) -> Sentence {
        switch self {
        // The server has these words from where we have them.
        case RoomName.malformed: .roomNameRule
        case Username.malformed: .usernameRule
        case .otherServer: .otherServer
        default: .refusal(code: code.rawValue, detail: clean(detail), retryAfter: retryAfter)
        }
    }
}

extension Refusal.Reason {
    package func sentence(_ clean: (String) -> String) -> Sentence {
        switch self {
        case .refused(let error): error.sentence(clean)
        case .notConnected: .notConnected
        }
    }
}

extension ConnectionEnd {
    package func sentence(_ clean: (String) -> String) -> Sentence {
        switch self {
        case .nobodyListens: .nobodyListens
        case .hostNotFound: .hostNotFound
        case .unreachable: .unreachable
        case .noAnswer: .noAnswer
        case .lost: .lineLost
        case .closed: .lineClosed
        case .restarting: .lineRestarting
        case .otherVersion(let version): .otherVersion(String(version))
        case .unintelligible: .unintelligible
        case .refused(let error): error.sentence(clean)
        case .system(let error): Sentence(verbatim: clean(error.text))
        }
    }
}

extension TransferFailure {
    package func sentence(_ clean: (String) -> String) -> Sentence {
        switch self {
        case .noSuchFile(let path): .transferNoSuchFile(clean(path))
        case .notAFile(let path): .transferNotAFile(clean(path))
        case .unsuitableName: .transferUnsuitableName
        case .tooLarge(_, let limit): .transferTooLarge("\(limit >> 30) GiB")
        case .notPermitted(let path): .transferNotPermitted(clean(path))
        case .diskFull: .transferDiskFull
        case .disk(let path, let error): Sentence(verbatim: clean("\(path): \(error.text)"))
        case .changed: .transferChanged
        case .damaged: .transferDamaged
        case .noFileOfThatName: .transferNoFileOfThatName
        case .goneFromServer: .transferGone
        case .notConnected: .transferNotConnected
        case .unintelligible: .unintelligible
        case .refused(let error): error.sentence(clean)
        }
    }
}

extension CacheFailure {
    package func sentence(_ clean: (String) -> String) -> Sentence {
        switch self {
        case .notPermitted: .cacheNotPermitted
        case .diskFull: .cacheDiskFull
        case .disk(let path, let error): Sentence(verbatim: clean("\(path): \(error.text)"))
        case .database(let words): Sentence(verbatim: clean(words))
        }
    }
}
