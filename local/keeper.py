"""The process that owns the embedded servers of one clone: `python -m local.keeper`, started by local.servers.

Whoever uses the servers holds a connection to the keeper's socket, its lease. The kernel closes it even after kill -9,
so the keeper always knows whether anybody is left; with the last one gone it stops both servers and ends. One line of
JSON goes to each holder when the servers are ready, {"DATABASE_URL": …, "REDIS_URL": …}, and {"error": sentence} when
they did not start or when one of them died later.
"""

import contextlib
import fcntl
import json
import os
import selectors
import signal
import socket
import sys

from local.failures import Failure, explained
from local.place import place_of, var_dir
from local.postgres import Postgres
from local.valkey import Valkey

FIRST_HOLDER_SECONDS = 15
LOOK_AFTER_CHILDREN_SECONDS = 0.3


class Keeper:
    def __init__(self, place, listener):
        self.listener = listener
        self.servers = [Postgres(place), Valkey(place)]
        self.holders = set()
        self.asked_to_stop = False

    def run(self):
        with selectors.DefaultSelector() as self.selector:
            self.selector.register(self.listener, selectors.EVENT_READ)
            try:
                self._start()
                self._keep()
            except Failure as failure:
                self._tell_all({"error": str(failure)})
            finally:
                for server in reversed(self.servers):
                    server.stop()

    def _start(self):
        for server in self.servers:
            server.start()
        postgres, valkey = self.servers
        self.greeting = {"DATABASE_URL": postgres.url, "REDIS_URL": valkey.url}

    def _keep(self):
        if not self.selector.select(FIRST_HOLDER_SECONDS):
            return
        while not self.asked_to_stop:
            for key, _ in self.selector.select(LOOK_AFTER_CHILDREN_SECONDS):
                if key.fileobj is self.listener:
                    self._accept()
                elif not self._says_something(key.fileobj):
                    self._leave(key.fileobj)
            if not self.holders:
                return
            for server in self.servers:
                if server.child.poll() is not None:
                    raise Failure(f"{server.name} przestał działać; szczegóły: {server.log}")

    def _accept(self):
        holder, _ = self.listener.accept()
        self.holders.add(holder)
        self.selector.register(holder, selectors.EVENT_READ)
        _tell(holder, self.greeting)

    def _says_something(self, holder):
        with contextlib.suppress(OSError):
            return bool(holder.recv(1024))
        return False

    def _leave(self, holder):
        self.selector.unregister(holder)
        # The last one to leave hears the end of its connection only when the servers have stopped.
        if len(self.holders) == 1 and not _waiting(self.listener):
            self.listener.close()
            self.asked_to_stop = True
        else:
            self.holders.discard(holder)
            holder.close()

    def _tell_all(self, message):
        if not self.holders:
            self.listener.settimeout(FIRST_HOLDER_SECONDS)
            with contextlib.suppress(OSError):
                self.holders.add(self.listener.accept()[0])
        for holder in self.holders:
            _tell(holder, message)


def _tell(holder, message):
    with contextlib.suppress(OSError):
        holder.sendall(json.dumps(message).encode() + b"\n")


def _waiting(listener):
    with selectors.DefaultSelector() as selector:
        selector.register(listener, selectors.EVENT_READ)
        return bool(selector.select(0))


def _listen(place):
    """The keeper's socket, once an earlier keeper of this clone, if there is one still stopping, has ended."""
    lock = (place.run / "keeper.lock").open("w")
    fcntl.flock(lock, fcntl.LOCK_EX)
    place.keeper_socket.unlink(missing_ok=True)
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(str(place.keeper_socket))
    place.keeper_socket.chmod(0o600)
    listener.listen(64)
    return lock, listener


def main():
    """Listen, then go on in the background: whoever started us may connect as soon as this returns."""
    var = var_dir()
    with explained(var):
        place = place_of(var)
        lock, listener = _listen(place)
        log = place.log("servers").open("ab")
    if os.fork():
        os._exit(0)
    os.setsid()
    for stream in (1, 2):
        os.dup2(log.fileno(), stream)
    keeper = Keeper(place, listener)

    def stop(*_):
        keeper.asked_to_stop = True

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    keeper.run()
    place.keeper_socket.unlink(missing_ok=True)
    # The holders' connections end with this process, and its lock with them: not earlier.
    os._exit(0)


if __name__ == "__main__":
    try:
        main()
    except Failure as failure:
        sys.exit(str(failure))
