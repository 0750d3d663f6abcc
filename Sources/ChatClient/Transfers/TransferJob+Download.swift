import ChatProtocol
import NIOCore

/// Down: `file_read` part after part into a hidden file, which gets its name when it is whole and right.
extension TransferJob {
    /// Goes on from what an earlier turn left on disk: after a power cut that may be less, or something else, which
    /// its SHA-256 shows at the end.
    func prepareDownload(_ file: SharedFile, _ part: String) {
        onDisk {
            try DownloadFolder.open(part: part, for: file)
        } then: { [weak self] part in
            guard let self else { return }
            self.part = part
            // Killed just when it had been put in its place.
            if part.isPlaced { return finish(path: part.folderPath) }
            progress(part.length)
            openLine()
        }
    }

    /// Goes on from what is on disk.
    func readNext(_ file: SharedFile) {
        let offset = transfer.done
        guard offset < file.size else { return verify(file) }
        let length = Int(min(Int64(TransferFile.chunk), file.size - offset))
        ask(.fileRead(ReadFile(file: file.id, offset: offset, length: length))) { [weak self] (reply: FileReadReply) in
            guard let self, let part, let line = connection else { return }
            guard let bytes = reply.attached, (1...length).contains(bytes.readableBytes) else {
                return fail(.unintelligible)
            }
            hasMoved()
            onDisk {
                try TransferFile.write(bytes, to: part.descriptor, at: offset)
            } then: { [weak self] in
                guard let self else { return }
                progress(offset + Int64(bytes.readableBytes))
                // A line that broke meanwhile is opened again, and goes on from here.
                if connection === line { readNext(file) }
            }
        }
    }

    private func verify(_ file: SharedFile) {
        guard let part, let line = connection else { return }
        let mayBeginAnew = part.length > 0 && !hasBegunAnew
        onDisk { [turn] () -> String? in
            guard try TransferFile.hash(part.descriptor, turn) == file.sha256 else {
                guard mayBeginAnew else { throw TransferFailure.damaged }
                try part.empty()
                return nil
            }
            return try part.place()
        } then: { [weak self] path in
            guard let self else { return }
            if let path { return finish(path: path) }
            hasBegunAnew = true
            progress(0)
            if connection === line { readNext(file) }
        }
    }
}
