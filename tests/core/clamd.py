"""A speaker of clamd's protocol over a real socket: INSTREAM. It looks into ZIP files and packed streams, as
the real one does."""

import io
import re
import socketserver
import struct
import threading
import zipfile
import zlib
from contextlib import contextmanager

# The harmless file that every scanner finds (eicar.org), put together here so that none finds this one.
EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-" + b"STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


def is_infected(content):
    if EICAR in content:
        return True
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return any(is_infected(archive.read(name)) for name in archive.namelist())
    streams = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", content, re.DOTALL)
    return any(EICAR in zlib.decompressobj().decompress(one) for one in streams if one.startswith(b"\x78"))


class _Talk(socketserver.StreamRequestHandler):
    def handle(self):
        command = self.rfile.readline().strip()
        assert command == b"nINSTREAM"
        content = b""
        while size := struct.unpack("!L", self.rfile.read(4))[0]:
            content += self.rfile.read(size)
            if self.server.dies_after and len(content) >= self.server.dies_after:
                return
        self.server.seen.append(content)
        answer = self.server.answer or (b"stream: Eicar-Test FOUND" if is_infected(content) else b"stream: OK") + b"\n"
        if self.server.is_silent:
            self.server.over.wait()
        self.wfile.write(answer)


@contextmanager
def speaking(path=None, *, answer=b"", is_silent=False, dies_after=0):
    """(address for CLAMD_URL, what it was shown)."""
    kind = socketserver.ThreadingUnixStreamServer if path else socketserver.ThreadingTCPServer
    kind = type("Clamd", (kind,), {"daemon_threads": True, "handle_error": lambda *_: None})
    with kind(str(path) if path else ("127.0.0.1", 0), _Talk) as server:
        server.answer, server.is_silent, server.dies_after, server.seen = answer, is_silent, dies_after, []
        server.over = threading.Event()
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        yield f"unix://{path}" if path else f"tcp://127.0.0.1:{server.server_address[1]}", server.seen
        server.over.set()
        server.shutdown()
        thread.join()
