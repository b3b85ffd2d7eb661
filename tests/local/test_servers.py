import json
import os
import re

import psycopg
import pytest
from django.db import connection

from local.failures import Failure
from local.servers import check_space, ensure_environment
from tests.local.conftest import command_of, processes_of, run_python, start_python, wait_until_gone

pytestmark = pytest.mark.processes

# Joins the servers, tells their addresses and when PostgreSQL started, and stays until its input ends.
USER = """
import json, os, sys, psycopg
from local.servers import ensure_environment
ensure_environment()
with psycopg.connect(os.environ["DATABASE_URL"]) as connection:
    started = str(connection.execute("SELECT pg_postmaster_start_time()").fetchone()[0])
print(json.dumps([os.environ["DATABASE_URL"], os.environ["REDIS_URL"], started]), flush=True)
sys.stdin.read()
"""
JOIN = "from local.servers import ensure_environment; ensure_environment()"


def test_tests_run_on_a_server_that_knows_polish_letters(db):
    with connection.cursor() as cursor:
        cursor.execute("SELECT lower('ŁÓDŹ'), 'ż' > 'z'")
        assert cursor.fetchone() == ("łódź", True)


def test_two_commands_at_once_share_one_server_and_the_last_one_stops_it(var):
    with start_python(USER, var=var) as first, start_python(USER, var=var) as second:
        told = [json.loads(process.stdout.readline()) for process in (first, second)]
        assert told[0] == told[1]
        first.communicate()
        with psycopg.connect(told[1][0]) as still_there:
            assert still_there.execute("SELECT 1").fetchone() == (1,)
        second.communicate()
    assert (first.returncode, second.returncode) == (0, 0)
    assert processes_of(var) == []


def test_servers_stop_when_their_only_user_is_killed(var):
    with start_python(USER, var=var) as user:
        user.stdout.readline()
        running = processes_of(var)
        assert len(running) > 3
        user.kill()
    wait_until_gone(running)


def test_a_dead_server_is_named_to_its_users_and_the_other_one_stopped(var):
    code = """
import select
from local.servers import join
lease = join()
print(flush=True)
select.select([lease], [], [])
print(lease.bad_news())
"""
    with start_python(code, var=var) as user:
        user.stdout.readline()
        running = processes_of(var)
        (valkey,) = [process for process in running if process.name() == "valkey-server"]
        valkey.kill()
        assert user.communicate() == (f"Valkey przestał działać; szczegóły: {var}/log/valkey.log\n", "")
    wait_until_gone(running)


def test_data_outlive_a_keeper_that_was_killed(var):
    with start_python(USER, var=var) as user:
        url = json.loads(user.stdout.readline())[0]
        with psycopg.connect(url) as database:
            database.execute("CREATE TABLE kept AS SELECT 7 AS number")
        running = processes_of(var)
        (keeper,) = [process for process in running if "local.keeper" in command_of(process)]
        keeper.kill()
        user.communicate()
    wait_until_gone(running)
    with start_python(USER, var=var) as user:
        with psycopg.connect(json.loads(user.stdout.readline())[0]) as database:
            assert database.execute("SELECT number FROM kept").fetchone() == (7,)
        user.communicate()


def test_servers_start_in_a_deep_folder_that_others_may_not_enter(var):
    deep = var / ("a" * 60) / ("b" * 60)
    deep.mkdir(parents=True)
    deep.parent.chmod(0o700)
    with start_python(USER, var=deep) as user:
        with psycopg.connect(json.loads(user.stdout.readline())[0]) as database:
            assert database.execute("SELECT current_database()").fetchone() == ("portal",)
        user.communicate()
    assert deep.parent.stat().st_mode & 0o777 == 0o700
    assert run_python("from local.clean import main; main()", var=deep) == (0, "", "")
    assert not deep.exists()


def test_data_of_another_version_are_refused_in_one_sentence(var):
    (var / "postgres").mkdir()
    (var / "postgres" / "PG_VERSION").write_text("15\n")
    code, output, errors = run_python(JOIN, var=var)
    assert (code, output) == (1, "")
    assert re.fullmatch(
        rf"Folder {var}/postgres zawiera dane PostgreSQL 15, a portal używa PostgreSQL \d+: "
        r"przenieś ten folder gdzie indziej albo wskaż inny przez VAR_DIR\.\n",
        errors,
    )


def test_a_var_that_is_a_file_is_refused_in_one_sentence(var):
    (var / "file").write_text("")
    code, output, errors = run_python(JOIN, var=var / "file")
    assert (code, output) == (1, "")
    assert errors == f"{var}/file nie jest folderem: wskaż inny folder przez VAR_DIR.\n"


def test_a_full_disk_is_told_with_the_folder_and_the_space_needed(var):
    with pytest.raises(Failure) as refused:
        check_space(var / "not" / "yet", needed=10**9)
    assert str(refused.value) == (
        f"Na dysku brakuje miejsca w folderze {var}/not/yet: zwolnij co najmniej 1000000000 MB i spróbuj ponownie."
    )


def test_given_addresses_are_left_alone(var, monkeypatch):
    given = {"DATABASE_URL": "postgresql://db/portal", "REDIS_URL": "redis://queue/0", "VAR_DIR": str(var)}
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    ensure_environment()
    assert {name: os.environ[name] for name in given} == given
    assert list(var.iterdir()) == []
