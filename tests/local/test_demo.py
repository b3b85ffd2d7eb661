import contextlib
import os
import signal
import socket
import urllib.request

import psutil
import psycopg
import pytest

from tests.local.conftest import (
    PATIENCE,
    command_of,
    free_port,
    processes_of,
    run_python,
    start_python,
    wait_until_gone,
)

pytestmark = pytest.mark.processes

# The whole demo but for the steps that fill the database, which have tests of their own.
DEMO = "import sys; from local.demo import main; sys.exit(main(steps=()))"


@contextlib.contextmanager
def running_demo(var, **environment):
    """A demo that has said where it listens, and that address."""
    with start_python(DEMO, var=var, PORT=str(free_port()), **environment) as demo:
        try:
            addresses = (line.split()[-1] for line in demo.stdout if line.startswith("Portal działa: "))
            address = next(addresses, None)
            assert address, demo.stderr.read()
            yield demo, address
        finally:
            demo.kill()


def test_a_port_in_use_is_told_in_one_sentence_before_anything_starts(var):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        code, output, errors = run_python(DEMO, var=var, PORT=str(port))
    assert (code, output) == (1, "")
    assert errors == f"Port {port} jest zajęty: wybierz inny, np. make demo PORT={port + 1}\n"
    assert list(var.iterdir()) == []


@pytest.mark.parametrize(
    ("environment", "sentence"),
    [
        ({"PORT": "osiem"}, "PORT musi być liczbą od 1 do 65535, a jest: osiem"),
        ({"PORT": "70000"}, "PORT musi być liczbą od 1 do 65535, a jest: 70000"),
        ({"HOST": "nie ma takiego"}, "Nieznany adres HOST=nie ma takiego"),
        (
            {"RESET": "1", "DATABASE_URL": "postgresql://db/portal", "REDIS_URL": "redis://queue/0"},
            "RESET=1 działa tylko na wbudowanej bazie: dane serwera z DATABASE_URL usuń samodzielnie.",
        ),
    ],
)
def test_impossible_wishes_are_refused_in_one_sentence(var, environment, sentence):
    environment = {"PORT": str(free_port())} | environment
    assert run_python(DEMO, var=var, **environment) == (1, "", f"{sentence}\n")


def test_ctrl_c_stops_every_process(var):
    with running_demo(var) as (demo, address):
        with urllib.request.urlopen(f"{address}readyz", timeout=PATIENCE) as answer:  # noqa: S310
            assert answer.status == 200
        os.killpg(demo.pid, signal.SIGINT)
        output, errors = demo.communicate(timeout=PATIENCE)
    assert (demo.returncode, errors) == (0, "")
    assert output.endswith("Zatrzymano.\n")
    assert processes_of(var) == []


def test_no_process_outlives_a_demo_that_is_killed(var):
    with running_demo(var) as (demo, _):
        running = processes_of(var)
        demo.kill()
    wait_until_gone(running)


def test_a_second_demo_of_the_same_clone_is_refused_and_a_reset_drops_the_data(var):
    with running_demo(var) as (demo, _):
        code, _, errors = run_python(DEMO, var=var, PORT=str(free_port()))
        assert (code, errors) == (1, "Demo tego klonu już działa: zatrzymaj je, zanim uruchomisz następne.\n")
        with psycopg.connect(database_of(demo)) as database:
            database.execute("CREATE TABLE kept ()")
        demo.terminate()
        demo.communicate(timeout=PATIENCE)
    assert demo.returncode == 0
    assert processes_of(var) == []
    (var / "media").mkdir()
    with running_demo(var, RESET="1") as (demo, _):
        with psycopg.connect(database_of(demo)) as database:
            assert database.execute("SELECT to_regclass('kept')").fetchone() == (None,)
        assert not (var / "media").exists()
        demo.terminate()
        demo.communicate(timeout=PATIENCE)


@pytest.mark.parametrize(
    ("program", "sentence"),
    [
        ("worker", "Proces worker przestał działać{last_line}; szczegóły: {var}/log/worker.log"),
        ("postgres", "PostgreSQL przestał działać; szczegóły: {var}/log/postgres.log"),
    ],
)
def test_a_dead_process_is_named_in_one_sentence_and_the_rest_stopped(var, program, sentence):
    with running_demo(var) as (demo, _):
        victim_of(demo, program).kill()
        _, errors = demo.communicate(timeout=PATIENCE)
    assert demo.returncode == 1
    # A worker that was killed before it wrote a line has none to quote.
    log = (var / "log" / "worker.log").read_text().splitlines()
    quotes = {f" ({line.strip()})" for line in log if line.strip()} or {""}
    assert errors.rstrip("\n") in {sentence.format(var=var, last_line=quote) for quote in quotes}
    assert processes_of(var) == []


def database_of(demo):
    (web, *_) = [child for child in psutil.Process(demo.pid).children() if "gunicorn" in command_of(child)]
    return web.environ()["DATABASE_URL"]


def victim_of(demo, program):
    """The process called `program` that the demo or the keeper of its servers started."""
    var = psutil.Process(demo.pid).environ()["VAR_DIR"]
    owners = [demo.pid, *(process.pid for process in processes_of(var) if "local.keeper" in command_of(process))]
    children = [child for owner in owners for child in psutil.Process(owner).children()]
    (found,) = [child for child in children if program in command_of(child)[:6] or child.name() == program]
    return found
