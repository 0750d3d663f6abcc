import ChatProtocol
import GRDB

extension CacheRows {
    /// Writes down how an unfinished transfer stands, over what was written before.
    func save(_ kept: KeptTransfer) throws {
        let (upload, download) = (kept.upload, kept.download)
        try database.cachedStatement(
            sql: """
                INSERT INTO transfers (nonce, direction, name, path, size, modified, sha256, file_id, file_name, done, is_over,
                    is_paused, error_code, error_detail) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (nonce) DO UPDATE SET size = excluded.size, modified = excluded.modified, sha256 = excluded.sha256,
                    done = excluded.done, is_over = excluded.is_over, is_paused = excluded.is_paused,
                    error_code = excluded.error_code, error_detail = excluded.error_detail
                """
        ).execute(arguments: [
            kept.nonce.text, upload == nil ? "down" : "up", (upload?.conversation ?? download?.conversation)?.description,
            upload?.path ?? download?.part, upload?.source?.size ?? download?.file.size, upload?.source?.modified,
            (upload?.source?.sha256 ?? download?.file.sha256)?.text, download?.file.id.text, download?.file.label.text, kept.done,
            kept.isOver, kept.isPaused, kept.refusal?.code.rawValue, kept.refusal?.detail,
        ])
    }

    func forgetTransfer(_ nonce: Nonce) throws {
        try database.execute(sql: "DELETE FROM transfers WHERE nonce = ?", arguments: [nonce.text])
    }

    /// Those to go on with, downloads with what is on disk of them. Traces of those that are over are removed. Blocks.
    func unfinishedTransfers() throws -> [(place: Int, kept: KeptTransfer)] {
        try transfers().compactMap { place, kept in
            if kept.isOver {
                if let part = kept.part { DownloadFolder.remove(part: part) }
                try forgetTransfer(kept.nonce)
                return nil
            }
            var kept = kept
            if let part = kept.part { kept.done = DownloadFolder.length(ofPart: part) }
            return (place, kept)
        }
    }

    /// Oldest first, each with its place, which no other ever has.
    func transfers() throws -> [(place: Int, kept: KeptTransfer)] {
        try Row.fetchAll(
            database,
            sql: """
                SELECT place, nonce, direction, name, path, size, modified, sha256, file_id, file_name, done, is_over, is_paused,
                    error_code, error_detail FROM transfers ORDER BY place
                """
        ).compactMap { row in try? (row[0], Self.transfer(row)) }
    }

    /// - Throws: for a row that a later version wrote and this one cannot read.
    private static func transfer(_ row: Row) throws -> KeptTransfer {
        let name: String? = row[3]
        let conversation = try name.map { try ConversationName($0) }
        let (size, hash): (Int64?, String?) = (row[5], row[7])
        let work: KeptTransfer.Work
        if row[2] == "up", let conversation {
            var source: SourceFacts?
            if let size, let hash, let modified: Int64 = row[6] {
                source = SourceFacts(size: size, modified: modified, sha256: try ContentHash(hash))
            }
            work = .upload(path: row[4], conversation, source)
        } else {
            guard let id: String = row[8], let label: String = row[9], let size, let hash else {
                throw ProtocolError(.badRequest, "A transfer of no known kind.")
            }
            let file = SharedFile(id: try FileID(id), label: try FileLabel(label), size: size, sha256: try ContentHash(hash))
            work = .download(file, conversation, part: row[4])
        }
        var kept = KeptTransfer(work, nonce: try Nonce(row[1]))
        kept.done = row[10]
        kept.isOver = row[11]
        kept.isPaused = row[12]
        let code: String? = row[13]
        kept.refusal = code.flatMap(ErrorCode.init(rawValue:)).map { ProtocolError($0, row[14] as String? ?? "") }
        return kept
    }
}

extension KeptTransfer {
    fileprivate var upload: (path: String, conversation: ConversationName, source: SourceFacts?)? {
        if case .upload(let path, let conversation, let source) = work { (path, conversation, source) } else { nil }
    }

    fileprivate var download: (file: SharedFile, conversation: ConversationName?, part: String)? {
        if case .download(let file, let conversation, let part) = work { (file, conversation, part) } else { nil }
    }
}
