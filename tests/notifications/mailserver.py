"""A mail server of a few commands (RFC 5321) that keeps what it takes and can stop at a chosen moment."""

import contextlib
import socketserver
import threading
from email import message_from_bytes, policy


class MailServer(socketserver.ThreadingTCPServer):
    """`taken` are the letters it keeps. `hold(moment)` stops it there, `release()` lets it go on.

    Moments: "before" the text of a letter is asked for, "after" it is kept and before anybody is told.
    `answers` has what is said in place of "ok": {"RCPT": ["550 no such mailbox"]}; "TEXT" stands for the text.
    """

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), _Conversation)
        self.taken = []
        self.answers = {}
        self.held, self._moment, self._go = threading.Event(), None, threading.Event()
        threading.Thread(target=self.serve_forever, daemon=True).start()

    port = property(lambda self: self.server_address[1])

    def hold(self, moment):
        self._moment = moment
        self.held.clear()
        self._go.clear()

    def release(self):
        self._moment = None
        self._go.set()

    def answer(self, command, usual):
        unusual = self.answers.get(command)
        return unusual.pop(0) if unusual else usual

    def reach(self, moment):
        if moment == self._moment:
            self.held.set()
            self._go.wait()


class _Conversation(socketserver.StreamRequestHandler):
    def handle(self):
        with contextlib.suppress(ConnectionError):  # who spoke is dead
            self._talk()

    def _talk(self):
        self._say("220 test")
        while line := self.rfile.readline():
            command = line[:4].upper().strip().decode()
            if command == "DATA":
                self.server.reach("before")
                self._say("354 go on")
                self._take()
            elif command == "QUIT":
                self._say("221 bye")
                return
            else:
                self._say(self.server.answer(command, "250 ok"))

    def _take(self):
        lines = []
        while (line := self.rfile.readline()) != b".\r\n":
            if not line:  # who spoke is dead
                return
            lines.append(line)
        answer = self.server.answer("TEXT", "250 taken")
        if answer.startswith("250"):
            self.server.taken.append(message_from_bytes(b"".join(lines), policy=policy.default))
        self.server.reach("after")
        self._say(answer)

    def _say(self, line):
        with contextlib.suppress(OSError):  # who listened is dead
            self.wfile.write(f"{line}\r\n".encode())
