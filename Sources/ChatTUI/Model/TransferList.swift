package import ChatClient
package import ChatProtocol
import TerminalText

/// Files on their way and arrived, the newest first.
package struct TransferList: Hashable, Sendable {
    package private(set) var transfers: [Transfer] = []
    private var progress: [Transfer.ID: TransferProgress] = [:]
    private var lastID = 0

    private static let capacity = 50

    package init() {}

    /// An id that no transfer of this program has had.
    package mutating func nextID() -> Transfer.ID {
        lastID += 1
        return lastID
    }

    package subscript(_ id: Transfer.ID) -> Transfer? { transfers.first { $0.id == id } }

    package mutating func update(_ transfer: Transfer, now: Timestamp) {
        var transfer = transfer
        transfer.name = Sanitizer.line.clean(transfer.name)
        lastID = max(lastID, transfer.id)
        if let index = transfers.firstIndex(where: { $0.id == transfer.id }) {
            transfers[index] = transfer
        } else {
            transfers.insert(transfer, at: 0)
            if transfers.count > Self.capacity { forgetOldest() }
        }
        guard case .running = transfer.state else { return progress[transfer.id] = nil }
        progress[transfer.id, default: TransferProgress(done: transfer.done, now: now)].take(done: transfer.done, now: now)
    }

    /// What still runs is kept, however old it is.
    private mutating func forgetOldest() {
        guard let index = transfers.lastIndex(where: { !$0.isRunning }) else { return }
        transfers.remove(at: index)
    }

    package func progress(of id: Transfer.ID) -> TransferProgress? { progress[id] }

    package var running: [Transfer] { transfers.filter(\.isRunning) }

    /// What runs, and what rests and would go on from where it is.
    package var unfinished: [Transfer] {
        transfers.filter { transfer in
            switch transfer.state {
            case .paused, .failed: true
            case .waiting, .preparing, .running, .done, .cancelled: transfer.isRunning
            }
        }
    }

    /// What is done of all that runs, in percent; nil if nothing runs whose size is known.
    package var percent: Int? {
        let size = running.reduce(0) { $0 + $1.size }
        return size > 0 ? ByteCount.percent(running.reduce(0) { $0 + $1.done }, of: size) : nil
    }
}

extension Transfer {
    package var isRunning: Bool {
        switch state {
        case .waiting, .preparing, .running: true
        case .paused, .done, .failed, .cancelled: false
        }
    }
}
