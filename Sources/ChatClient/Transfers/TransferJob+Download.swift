import ChatProtocol
import NIOCore

/// Down: `file_read` part after part into a hidden file, which gets its name when it is whole and right.
extension TransferJob {
    func prepareDownload(_ file: SharedFile, _ folder: DownloadFolder) {
        onDisk {
            try folder.begin(file.label)
        } then: { [weak self] part in
            self?.part = part
            self?.openLine()
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
        guard let part, case .download(_, let folder) = work else { return }
        onDisk {
            guard try TransferFile.hash(part.descriptor) == file.sha256 else {
                throw TransferFailure.damaged
            }
            return try folder.finish(part)
        } then: { [weak self] path in
            self?.finish(path: path)
        }
    }
}
