import ChatProtocol
import ChatStore

// MARK: room_join, room_chat, room_leave, rooms, room_members

extension Connection {
    func joinRoom(_ room: RoomName, _ scope: RequestScope, _ caller: Caller) {
        commit(.join(room, caller), scope) { [self] outcome throws(ProtocolError) in
            guard case .joined(let joined) = outcome else { return }
            // The session may have ended while this was on its way.
            if sessionID == caller.session {
                attachedRooms.insert(joined.conversation)
                directory.listen(self, user: caller.user.id)
            }
            reply(RoomJoinReply(room: joined.room, users: joined.names, seq: joined.lastSeq), id: scope.id)
        }
    }

    func chatInRoom(_ fields: RoomChat, _ scope: RequestScope, _ caller: Caller) {
        let target = fields.room.map { Post.Target.conversation(.room($0)) } ?? .currentRoom
        append(.post(Post(caller: caller, target: target, text: fields.message, nonce: fields.nonce)), wording: .roomChat, scope)
    }

    func leaveRoom(_ room: RoomName?, _ scope: RequestScope, _ caller: Caller) {
        commit(.leave(room, caller), scope) { [self] outcome throws(ProtocolError) in
            guard case .left(let left) = outcome else { return }
            if bound?.session.user.id == caller.user.id {
                attachedRooms.remove(left.conversation)
                if !isSubscribed, attachedRooms.isEmpty { directory.unlisten(self, user: caller.user.id) }
            }
            if attachedRooms.isEmpty { dropHeldEvents() }
            reply(RoomLeaveReply(room: left.room), id: scope.id)
        }
    }

    func rooms(_ page: ListPage, _ scope: RequestScope, _ caller: Caller) {
        let store = server.store
        read(scope) { try store.rooms(page, for: caller.user) }
    }

    func members(_ room: RoomName, _ page: ListPage, _ scope: RequestScope) {
        let server = self.server
        read(scope) {
            let members = try server.store.members(room, page: page)
            let people = members.rows.map {
                Person(
                    username: $0.user.username, name: $0.user.name, online: server.presence.isOnline($0.user.id), role: $0.role)
            }
            return PeopleReply(list: .members, people: people, next: members.next)
        }
    }
}
