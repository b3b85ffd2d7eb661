"""The compose file, the Dockerfile and .env.example against what the project really does."""

import os
import re
import shlex
import subprocess
import sys
import tomllib
from importlib import metadata
from pathlib import Path

import pytest
import yaml
from packaging.markers import default_environment
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from local.demo import PROCESSES
from local.supervisor import Supervisor
from tests.local.conftest import free_port

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
PRODUCTION = {
    "DJANGO_SETTINGS_MODULE": "config.settings.prod",
    "SECRET_KEY": "tests-only-0123456789-abcdefghijklmnopqrstuvwxyz-ABCDEFGHIJ",
    "ALLOWED_HOSTS": "portal.example",
    "SITE_URL": "https://portal.example",
}


def run(*command, **environment):
    return subprocess.run(
        [str(part) for part in command], cwd=ROOT, env=os.environ | environment, capture_output=True, text=True
    )


def test_compose_file_follows_the_schema_of_compose():
    checked = run(BIN / "check-jsonschema", "--builtin-schema", "vendor.compose-spec", "docker-compose.yml")
    assert checked.returncode == 0, checked.stdout + checked.stderr


def test_dockerfile_passes_its_linter():
    checked = run(BIN / "hadolint", "Dockerfile")
    assert (checked.returncode, checked.stdout) == (0, "")


def test_compose_runs_the_same_processes_as_the_demo():
    commands = {name: tuple(shlex.split(COMPOSE["services"][name]["command"])) for name in PROCESSES}
    assert commands == PROCESSES


def test_image_starts_the_web_server_of_the_demo():
    last = (ROOT / "Dockerfile").read_text().strip().splitlines()[-1]
    assert last == f"CMD {list(PROCESSES['web'])}".replace("'", '"')


def test_image_can_collect_static_files_without_any_server():
    (line,) = re.findall(
        r"&& (SECRET_KEY=.*?) \\\n\s+python manage.py collectstatic", (ROOT / "Dockerfile").read_text()
    )
    environment = dict(part.split("=", 1) for part in line.split())
    settings = {"DJANGO_SETTINGS_MODULE": PRODUCTION["DJANGO_SETTINGS_MODULE"]}
    collected = run(sys.executable, "manage.py", "collectstatic", "--no-input", "--dry-run", **environment, **settings)
    assert collected.returncode == 0, collected.stderr


def test_env_example_lists_exactly_the_names_that_are_read():
    listed = re.findall(r"^(?:# )?([A-Z][A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE)
    sources = [*(ROOT / "config").rglob("*.py"), ROOT / "gunicorn.conf.py"]
    read = {
        name
        for source in sources
        for name in re.findall(r"""(?:env\.\w+|environ\.get)\(\s*["']([A-Z_]+)["']""", source.read_text())
    }
    in_compose = set(re.findall(r"\$\{([A-Z_]+)", (ROOT / "docker-compose.yml").read_text()))
    assert len(listed) == len(set(listed))
    assert set(listed) == read | in_compose


@pytest.mark.processes
def test_web_server_passes_the_health_check_of_compose_under_production_settings(tmp_path, monkeypatch):
    service = COMPOSE["services"]["web"]
    for name, value in (PRODUCTION | {"HOST": "127.0.0.1", "PORT": str(free_port())}).items():
        monkeypatch.setenv(name, value)
    check = [sys.executable if part == "python" else part for part in service["healthcheck"]["test"][1:]]
    with Supervisor(tmp_path) as supervisor:
        supervisor.start("web", (sys.executable, "-m", *shlex.split(service["command"])))
        while (answer := run(*check)).returncode:
            supervisor.check()
    assert (answer.stdout, answer.stderr) == ("", "")


@pytest.mark.parametrize("system", ["linux", "darwin"])
@pytest.mark.parametrize("version", ["3.11.0", "3.12.0", "3.13.0", "3.14.0"])
def test_lock_has_every_package_that_another_python_or_system_needs(version, system):
    environment = default_environment() | {
        "python_version": version.rpartition(".")[0],
        "python_full_version": version,
        "sys_platform": system,
        "platform_system": system.capitalize(),
    }
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    wanted = [
        *project["dependencies"],
        *(line for extra in project["optional-dependencies"].values() for line in extra),
    ]
    locked = set(re.findall(r"^([a-z0-9-]+)==", (ROOT / "requirements.lock").read_text(), re.MULTILINE))
    needed, waiting = set(), [Requirement(line) for line in wanted]
    while waiting:
        requirement = waiting.pop()
        for extra in {"", *requirement.extras}:
            if (requirement.name, extra) not in needed:
                needed.add((requirement.name, extra))
                waiting += [
                    found
                    for found in map(Requirement, _requirements(requirement.name))
                    if not found.marker or found.marker.evaluate(environment | {"extra": extra})
                ]
    assert {canonicalize_name(name) for name, _ in needed} - locked == set()


def _requirements(name):
    """What the installed package `name` asks for; nothing for a package that only another system installs."""
    try:
        return metadata.requires(name) or []
    except metadata.PackageNotFoundError:
        return []
