import ChatProtocol
import ChatStore
import DequeModule
import Logging
import NIOCore

extension Connection {
    // MARK: Answers

    func reply(_ body: some ReplyBody, id: String?) {
        answer { [framing] buffer in Reply.success(body, id: id, framing: framing, to: &buffer) }
    }

    func reply(_ error: ProtocolError, id: String?) {
        answer { [framing] buffer in Reply.failure(error, id: id, framing: framing, to: &buffer) }
    }

    /// In its turn: after the answers to all earlier requests.
    private func answer(_ encode: (inout ByteBuffer) -> Void) {
        if waiting.isEmpty {
            write(encode)
            releaseEvents()
        } else {
            var reply = ByteBuffer()
            encode(&reply)
            waiting.append(.ready(reply))
            readyAnswers += 1
        }
    }

    /// The oldest waiting append is durable, or refused. Called in the order of submission; what waits for it goes on at
    /// the end of the batch.
    func appendCommitted(_ result: Result<Outcome, ProtocolError>) {
        guard case .append(let id, let wording) = waiting.popFirst() else { return }
        switch result {
        case .success(.posted(let posted)):
            let reader = bound?.session.user.id ?? posted.entry.post.author.id
            let body = SendReply(
                wording: wording, conversation: posted.entry.place.name(for: reader), seq: posted.entry.seq,
                time: posted.entry.time, duplicate: posted.duplicate)
            write { [framing] buffer in
                Reply.success(body, id: id, framing: framing, to: &buffer, in: directory.jsonMemory)
            }
        case .success:
            let lost = ProtocolError(.internal, "The server lost track of this request.")
            write { [framing] buffer in Reply.failure(lost, id: id, framing: framing, to: &buffer) }
        case .failure(let error):
            write { [framing] buffer in Reply.failure(error, id: id, framing: framing, to: &buffer) }
        }
        writeReady()
    }

    /// Answers whatever waits for nothing any more.
    private func writeReady() {
        while readyAnswers > 0, case .ready(let reply) = waiting.first {
            waiting.removeFirst()
            readyAnswers -= 1
            write(reply)
        }
        releaseEvents()
    }

    // MARK: Work elsewhere

    /// Gathers an append; its answer takes its place in the order of replies.
    func append(_ change: Change, wording: SendReply.Wording, _ scope: RequestScope) {
        directory.gathered.append(change, from: appendOrigin)
        waiting.append(.append(id: scope.id, wording: wording))
    }

    /// Submits what was gathered, all at once: what came together is committed and answered together.
    func submitGathered() {
        let count = directory.gathered.count
        guard count > 0, !server.committer.submit(&directory.gathered) else { return }
        directory.gathered.removeAll()
        refuseNewestAppends(count)
    }

    private func refuseNewestAppends(_ count: Int) {
        var left = count
        for index in waiting.indices.reversed() where left > 0 {
            guard case .append(let id, _) = waiting[index] else { continue }
            waiting[index] = .ready(Reply.failure(.stopping, id: id, framing: framing))
            readyAnswers += 1
            left -= 1
        }
        writeReady()
    }

    /// Submits a change and goes on with what came of it; a refusal is answered here. The next request waits.
    func commit(_ change: Change, _ scope: RequestScope, then use: @escaping (Outcome) throws(ProtocolError) -> Void) {
        commitWithRefusal(change, scope) { [self] result in
            do throws(ProtocolError) { try use(try result.get()) } catch { reply(error, id: scope.id) }
        }
    }

    /// Submits a change and goes on with its result, whatever it is. The next request waits.
    func commitWithRefusal(
        _ change: Change, _ scope: RequestScope, then use: @escaping (Result<Outcome, ProtocolError>) -> Void
    ) {
        isBusy = true
        let bound = NIOLoopBound((connection: self, use: use), eventLoop: directory.eventLoop)
        let answer = Origin.Answer.call { result in
            let (connection, use) = bound.value
            connection.isBusy = false
            use(result)
            connection.pump()
        }
        guard server.committer.submit(change, from: Origin(loop: directory.index, connection: id, answer: answer)) else {
            isBusy = false
            return use(.failure(.stopping))
        }
    }

    /// Does blocking work on a pool and goes on with its result; the next request waits.
    func work<Value: Sendable>(
        on pool: some Workers, _ scope: RequestScope, _ body: @escaping @Sendable () throws -> Value,
        then use: @escaping (Value) throws(ProtocolError) -> Void
    ) {
        isBusy = true
        let bound = NIOLoopBound((connection: self, use: use), eventLoop: directory.eventLoop)
        let eventLoop = directory.eventLoop
        let logger = self.logger
        let isQueued = pool.submit {
            let result: Result<Value, ProtocolError>
            do {
                result = .success(try body())
            } catch let refusal as ProtocolError {
                result = .failure(refusal)
            } catch {
                logger.error("request failed", metadata: ["error": "\(error)"])
                result = .failure(ProtocolError(.internal, "The server could not read what you asked for."))
            }
            eventLoop.execute {
                let (connection, use) = bound.value
                connection.isBusy = false
                do throws(ProtocolError) { try use(try result.get()) } catch { connection.reply(error, id: scope.id) }
                connection.pump()
            }
        }
        if !isQueued {
            isBusy = false
            reply(.overloaded, id: scope.id)
        }
    }

    /// Reads from the store and answers; the reply is written out on the worker too.
    func read(_ scope: RequestScope, _ body: @escaping @Sendable () throws -> some ReplyBody) {
        work(on: server.readers, scope) {
            Reply.success(try body(), id: scope.id, framing: scope.framing)
        } then: { [self] reply in
            write(reply: reply)
            releaseEvents()
        }
    }
}
