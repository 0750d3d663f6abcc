package import ChatClient
import ChatProtocol
import TerminalText

/// Files on their way and arrived, the newest first.
package struct TransferList: Hashable, Sendable {
    package private(set) var transfers: [Transfer] = []
    package private(set) var selection: Transfer.ID?
    private var lastID = 0

    private static let capacity = 50

    package init() {}

    /// An id that no transfer of this program has had.
    package mutating func nextID() -> Transfer.ID {
        lastID += 1
        return lastID
    }

    package mutating func update(_ transfer: Transfer) {
        var transfer = transfer
        transfer.name = Sanitizer.line.clean(transfer.name)
        lastID = max(lastID, transfer.id)
        if let index = transfers.firstIndex(where: { $0.id == transfer.id }) {
            transfers[index] = transfer
        } else {
            transfers.insert(transfer, at: 0)
            if transfers.count > Self.capacity { transfers.removeLast() }
        }
        if selection == nil { selection = transfer.id }
    }

    package mutating func moveSelection(by steps: Int) {
        guard !transfers.isEmpty else { return }
        let current = transfers.firstIndex { $0.id == selection } ?? 0
        selection = transfers[min(max(0, current + steps), transfers.count - 1)].id
    }

    package var selected: Transfer? { transfers.first { $0.id == selection } }

    /// How many are not finished.
    package var runningCount: Int {
        transfers.count { $0.isRunning }
    }

    /// What is done of all that runs, in percent; nil if nothing runs.
    package var percent: Int? {
        let running = transfers.filter(\.isRunning)
        guard !running.isEmpty else { return nil }
        return ByteCount.percent(running.reduce(0) { $0 + $1.done }, of: running.reduce(0) { $0 + $1.size })
    }
}

extension Transfer {
    package var isRunning: Bool {
        switch state {
        case .waiting, .running: true
        case .done, .failed, .cancelled: false
        }
    }
}
