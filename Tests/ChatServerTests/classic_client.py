#!/usr/bin/env python3
"""Speaks to a server as the first client of the protocol did, and checks the fields that it reads.

    classic_client.py PORT

Requests are padded with spaces to whole blocks of 1024 bytes; answers are read block by block, stripped of
trailing spaces, until a block became shorter. Exits with 0 if everything was as that client needs it.
"""
import base64
import json
import socket
import sys
from urllib.parse import quote_plus

BLOCK = 1024
PORT = int(sys.argv[1])


class Client:
    def __init__(self):
        self.socket = socket.create_connection(("127.0.0.1", PORT), timeout=20)
        self.token = ""

    def send(self, text):
        data = text.encode()
        if len(data) % BLOCK:
            data += b" " * (BLOCK - len(data) % BLOCK)
        self.socket.sendall(data)

    def block(self):
        data = b""
        while len(data) < BLOCK:
            more = self.socket.recv(BLOCK - len(data))
            if not more:
                raise SystemExit("the server closed the connection")
            data += more
        return data

    def receive(self):
        text = b""
        while True:
            block = self.block()
            stripped = block.rstrip(b" ")
            text += stripped
            if len(stripped) < BLOCK:
                return json.loads(text.decode("ascii"))

    def ask(self, text):
        self.send(text)
        return self.receive()

    def register(self, username, password, name, nationality):
        return self.ask(f"register username={username}&password={password}&name={quote_plus(name)}&nationality={nationality}")

    def login(self, username, password):
        reply = self.ask(f"auth username={username}&password={password}")
        self.token = reply.get("tokenid", "")
        return reply


def check(what, condition, reply=None):
    if not condition:
        raise SystemExit(f"{what}: {reply}")
    print("ok", what)


alam, firman = Client(), Client()

reply = alam.register("alam", "rahasia", "Alam", "Indonesia")
check("register", reply["status"] == "OK" and reply["message"] == "User berhasil dibuat", reply)
reply = firman.register("firman", "rahasia", "Firman", "Indonesia")
check("register another", reply["status"] == "OK", reply)
reply = alam.register("alam", "x", "Alam", "Indonesia")
check("refuse a second of the name", reply["status"] == "ERROR" and reply["message"] == "Protocol Tidak Benar" and reply["error"], reply)

reply = alam.login("alam", "salah")
check("refuse a wrong password", reply["status"] == "ERROR" and "tokenid" not in reply, reply)
reply = alam.login("alam", "rahasia")
check("login", reply["message"] == "Login [alam] telah berhasil" and reply["tokenid"], reply)
reply = firman.login("firman", "rahasia")
check("login of the other", reply["status"] == "OK", reply)

reply = firman.ask(f"send session={firman.token}&destination=alam&message=" + quote_plus("halo  testing  dengan spasi \n"))
check("chat", reply["message"] == "Message Sent" and reply["user"] == "alam", reply)
exact = "send session=%s&destination=alam&message=" % firman.token
exact += "x" * (2 * BLOCK - len(exact))
reply = firman.ask(exact)
check("a text that fills its blocks ends by silence", reply["message"] == "Message Sent", reply)

reply = alam.ask(f"inbox session={alam.token}")
messages = reply["messages"]
lines = [f"from {m['msg_from']}: {m['msg']}" for sender in messages.values() for m in sender]
check("inbox by sender", list(messages) == ["firman"] and len(lines) == 2, reply)
check("inbox keeps spaces and drops the line end", lines[0] == "from Firman: halo  testing  dengan spasi ", lines[0])
check("inbox is empty afterwards", alam.ask(f"inbox session={alam.token}")["messages"] == {})

content = bytes(range(256)) * 20
payload = quote_plus(base64.b64encode(content).decode())
reply = alam.ask(f"file_send session={alam.token}&username=firman&filename=tugas.bin&payload={payload}")
check("send file", reply["status"] == "OK" and reply["message"] == "tugas.bin", reply)
reply = firman.ask(f"list_file session={firman.token}")
check("list file as a JSON string", json.loads(reply["file"]) == ["tugas.bin"], reply)
reply = firman.ask(f"file_get session={firman.token}&filename=tugas.bin")
check("get file", reply["name"] == "tugas.bin" and base64.b64decode(reply["payload"]) == content)
reply = firman.ask(f"file_get session={firman.token}&filename=../../etc/passwd")
check("no file outside", reply["status"] == "ERROR", reply)

reply = alam.ask(f"room_join session={alam.token}&roomname=progjar")
check("join room", "progjar" in reply["messages"] and reply["users"] == ["Alam"], reply)
reply = firman.ask(f"room_join session={firman.token}&roomname=progjar")
check("join room with others", sorted(reply["users"]) == ["Alam", "Firman"], reply)
event = alam.receive()
check("a join is told by the system", event["type"] == "broadcast" and event["username"] == "[System]" and event["display"] == "[System]", event)
reply = firman.ask(f"room_chat session={firman.token}&message=" + quote_plus("halo semua"))
check("talk", reply["messages"] == "Broadcasted the messages", reply)
event = alam.receive()
check("hear", (event["username"], event["display"], event["messages"]) == ("firman", "Firman", "halo semua"), event)

reply = firman.ask(f"room_send_file session={firman.token}&filename=foto.txt&payload={payload}")
check("send a file to the room", reply["status"] == "OK", reply)
event = alam.receive()
check("a file is told of", event["type"] == "broadcast" and "foto.txt" in event["messages"], event)
second = Client()
reply = second.ask(f"room_get_file session={alam.token}&filename=foto.txt")
check("fetch it over a second connection", base64.b64decode(reply["payload"]) == content)

reply = alam.ask(f"room_leave session={alam.token}")
check("leave", "progjar" in reply["messages"], reply)
reply = firman.ask(f"room_chat session={firman.token}&message=masih+ada%3F")
check("talk on", reply["status"] == "OK", [reply])
reply = alam.ask(f"terbang session={alam.token}")
check("nothing followed the leave; unknown words are known as such", reply["message"] == "Fitur belum tersedia", reply)
reply = alam.ask(f"logout session={alam.token}")
check("logout", reply["status"] == "OK" and reply["message"] == "Berhasil keluar", reply)
reply = alam.ask(f"inbox session={alam.token}")
check("the session is gone", reply["status"] == "ERROR" and reply["error"], reply)
reply = alam.login("alam", "rahasia")
check("login again on the same connection", reply["status"] == "OK", reply)
