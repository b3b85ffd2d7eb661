"""A portal with two web servers, and clients that press at once, twice, and again when their server has died."""

import contextlib
import http.client
import re
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from urllib.parse import urlencode

from local.demo import PROCESSES
from tests.local.conftest import free_port
from tests.notifications.site import PATIENCE, Site

PAGE = "/wydarzenia/wyscig/zapisy/"
# Nobody is turned away more often: each time the lock was waited for as long as the database lets one wait.
MOST_PRESSES = 20


class TwoWebs(Site):
    """A Site with the processes "web-1" and "web-2" in the place of "web", on a database that is there already."""

    def __init__(self, var, mail_server, *, database_url):
        super().__init__(var, mail_server)
        (var / "log").mkdir(exist_ok=True)
        self.environment["DATABASE_URL"] = database_url
        self.environment["DJANGO_SETTINGS_MODULE"] = "tests.events.race_settings"
        self.ports = {"web-1": free_port(), "web-2": free_port()}

    def start(self, *names):
        for name in names:
            if name in self.ports:
                self.environment["PORT"] = str(self.ports[name])
                self._spawn(name, [sys.executable, "-m", *PROCESSES["web"]])
            else:
                super().start(name)

    def is_open(self):
        """Whether both servers answer."""
        return all(_answers(port) for port in self.ports.values())


def _answers(port):
    with contextlib.closing(http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)) as connection:
        try:
            connection.request("HEAD", PAGE)
            return connection.getresponse().status == 200
        except OSError:
            return False


def _typed(number, **more):
    who = {"first_name": "Ewa", "last_name": f"Nowak-{number}", "email": f"ewa{number}@example.pl"}
    return urlencode(who | more)


@dataclass
class Crowd:
    """`answers`: {number of a person: the addresses their presses led to}. `retries`: presses that had no answer."""

    ports: list
    answers: dict = field(default_factory=dict)
    retries: int = 0
    turned_away: int = 0
    seconds: float = 0.0

    def press(self, *, people, clients, meanwhile):
        """Every client opens the page, then all press, each for its share of the people one after another.
        `meanwhile()` runs in the calling thread."""
        ready = threading.Barrier(clients)
        with ThreadPoolExecutor(clients) as pool:
            shares = [range(first, people, clients) for first in range(clients)]
            running = [pool.submit(self._client, share, ready) for share in shares]
            meanwhile()
            for one in running:
                one.result()

    def _client(self, numbers, ready):
        cookie, token, key = self._opened(numbers[0])
        ready.wait(timeout=PATIENCE)
        started = time.monotonic()
        for number in numbers:
            typed = _typed(number, csrfmiddlewaretoken=token, klucz=f"{key}{number}")
            # Every fifth one is impatient.
            if number % 5:
                found = [self._pressed(number, cookie, typed)]
            else:
                with ThreadPoolExecutor(2) as twice:
                    found = list(twice.map(lambda _: self._pressed(number, cookie, typed), range(2)))  # noqa: B023
            self.answers[number] = found
        self.seconds = max(self.seconds, time.monotonic() - started)

    def _opened(self, number):
        answer, body = self._asked(number, "GET", PAGE)
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', body)[1]
        key = re.search(r'name="klucz" value="(\w+)"', body)[1]
        return answer.headers["Set-Cookie"].partition(";")[0], token, key

    def _pressed(self, number, cookie, typed):
        headers = {"Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded"}
        for _ in range(MOST_PRESSES):
            answer, body = self._asked(number, "POST", PAGE, typed, headers)
            if answer.status == 302:
                # Of the token only what it names: it also holds the second at which it was made.
                return answer.headers["Location"].partition(":")[0]
            assert answer.status == 422, body
            assert "Bardzo dużo osób" in body, body
            self.turned_away += 1
        raise AssertionError(f"{number} never had a turn")

    def _asked(self, number, *request):
        """The answer of one of the servers: of the other one when the first is not there."""
        deadline, turn = time.monotonic() + PATIENCE, number
        while True:
            connection = http.client.HTTPConnection("127.0.0.1", self.ports[turn % len(self.ports)], timeout=PATIENCE)
            try:
                connection.request(*request)
                answer = connection.getresponse()
                return answer, answer.read().decode()
            except (OSError, http.client.HTTPException):
                assert time.monotonic() < deadline
                self.retries, turn = self.retries + 1, turn + 1
            finally:
                connection.close()
