#!/usr/bin/env python3
"""A disk that stops answering, as one in a network does whose server is gone: a file system that speaks FUSE.

    hung_disk.py FOLDER SIZE LIMIT

Mounts it on the folder, where every name is a file of SIZE bytes, all zero. So many bytes as LIMIT says are read from
it, altogether; what is asked for then has no answer until a line comes in, after which everything has. To make a file
shorter has none until then either. Closing always has one: every process that another thread starts closes what is open
here, and who starts it waits for that. Says what happens. Ends with its input, and with it everything that waits.
"""
import ctypes
import os
import select
import stat
import struct
import sys

FOLDER, SIZE, LIMIT = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
ROOT, FILE = 1, 2
LOOKUP, FORGET, GETATTR, SETATTR, OPEN, READ, RELEASE, INIT, INTERRUPT, BATCH_FORGET = 1, 2, 3, 4, 14, 15, 18, 26, 36, 42
ENOSYS = 38
DIRECT_IO = 1
FOR_EVER = 1 << 31


def attributes(node):
    size, mode, links = (0, stat.S_IFDIR | 0o755, 2) if node == ROOT else (SIZE, stat.S_IFREG | 0o644, 1)
    return struct.pack("<6Q10I", node, size, 0, 0, 0, 0, 0, 0, 0, mode, links, 0, 0, 0, 4096, 0)


def mount():
    device = os.open("/dev/fuse", os.O_RDWR)
    options = f"fd={device},rootmode=40000,user_id=0,group_id=0".encode()
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.mount(b"hung_disk", FOLDER.encode(), b"fuse", 0, options) != 0:
        sys.exit(f"mount: {os.strerror(ctypes.get_errno())}")
    return device


class Disk:
    def __init__(self, device):
        self.device = device
        self.count = 0
        self.held = []
        self.hangs = True

    def reply(self, unique, body=b"", error=0):
        os.write(self.device, struct.pack("<IiQ", 16 + len(body), -error, unique) + body)

    def take(self, request):
        _, code, unique, node = struct.unpack_from("<IIQQ", request)
        body = request[40:]
        if code == INIT:
            self.reply(unique, struct.pack("<4I2H2I2H8I", 7, 31, 0, 0, 0, 0, 4096, 1, 0, 0, *[0] * 8))
        elif code == LOOKUP:
            self.reply(unique, struct.pack("<4Q2I", FILE, 0, FOR_EVER, FOR_EVER, 0, 0) + attributes(FILE))
        elif code == GETATTR:
            self.reply(unique, struct.pack("<Q2I", FOR_EVER, 0, 0) + attributes(node))
        elif code == OPEN:
            self.reply(unique, struct.pack("<Q2I", 0, DIRECT_IO, 0))
        elif code == READ:
            _, offset, size = struct.unpack_from("<QQI", body)
            size = min(size, SIZE - offset)
            self.answer(unique, size, self.count + size > LIMIT)
        elif code == SETATTR:
            self.answer(unique, 0, True)
        elif code == RELEASE:
            self.reply(unique)
            print("closed after", self.count, flush=True)
        elif code not in (FORGET, BATCH_FORGET, INTERRUPT):
            self.reply(unique, error=ENOSYS)

    def answer(self, unique, size, is_late):
        if is_late and self.hangs:
            self.held.append((unique, size))
            print("held", len(self.held), flush=True)
            return
        self.count += size
        self.reply(unique, bytes(size))

    def go_on(self):
        self.hangs = False
        for unique, size in self.held:
            self.answer(unique, size, True)


disk = Disk(mount())
print("mounted", flush=True)
while True:
    ready, _, _ = select.select([disk.device, sys.stdin], [], [])
    if sys.stdin in ready:
        if not sys.stdin.readline():
            break
        disk.go_on()
    if disk.device in ready:
        disk.take(os.read(disk.device, 1 << 17))
