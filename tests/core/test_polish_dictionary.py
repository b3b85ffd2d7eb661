import os
import subprocess
import sys

import pytest

from core.polish.accents import restorations
from core.polish.dictionary import build_cache, cache_path, lookup


def test_building_again_returns_the_same_file():
    assert build_cache() == build_cache() == cache_path()


def test_place_of_the_file_follows_the_environment(monkeypatch, tmp_path):
    monkeypatch.setenv("VAR_DIR", str(tmp_path))
    assert cache_path().parent == tmp_path / "polish"


def test_common_words_and_names_come_apart():
    assert lookup("góry") == (["góra"], ["góry"])
    assert lookup("wrocławiu") == ([], ["wrocław"])
    assert lookup("xqzt") == ([], [])


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("zoladz", {"żołądź"}),
        ("spoldzielniach", {"spółdzielniach"}),
        ("swidnicy", {"świdnicy"}),
        ("niepelnosprawnych", {"niepełnosprawnych"}),
        ("xqzt", set()),
        ("", set()),
        ("z" * 41, set()),
    ],
)
def test_words_typed_without_accents_are_restored(typed, meant):
    assert set(restorations(typed)) == meant


@pytest.mark.processes
def test_two_processes_that_build_at_once_leave_one_whole_file(tmp_path):
    command = [sys.executable, "-m", "core.polish"]
    environment = os.environ | {"VAR_DIR": str(tmp_path)}
    builds = [subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    printed = {build.communicate()[0].strip() for build in builds}
    assert [build.returncode for build in builds] == [0, 0]
    assert sorted(path.name for path in (tmp_path / "polish").iterdir()) == [cache_path().name, "lock"]
    assert printed == {str(tmp_path / "polish" / cache_path().name)}
    assert (tmp_path / "polish" / cache_path().name).read_bytes() == build_cache().read_bytes()
