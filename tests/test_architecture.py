"""Rules of the house that no library checks for us."""

import re
import subprocess
from pathlib import Path

from django.conf import settings

ROOT = settings.BASE_DIR
APPS = ("core", "accounts", "notifications", "registry", "events", "procurement", "quality_mark", "open_data")


def tracked(*patterns):
    listed = subprocess.run(["git", "ls-files", *patterns], cwd=ROOT, capture_output=True, text=True, check=True)
    return [Path(line) for line in listed.stdout.splitlines() if (ROOT / line).exists()]


def python_files(*parts):
    return [path for path in tracked("*.py") if path.parts[0] in APPS and set(parts) & {*path.parts, path.stem}]


def test_rules_never_see_a_request():
    pattern = re.compile(r"^\s*(from|import) django\.(http|shortcuts|contrib\.messages)", re.MULTILINE)
    below_the_view = python_files("use_cases", "models", "querysets", "choices", "tasks")
    assert below_the_view
    assert [str(path) for path in below_the_view if pattern.search((ROOT / path).read_text("utf-8"))] == []


def test_no_file_has_a_name_that_says_nothing():
    vague = {"utils", "helpers", "common", "misc", "services"}
    assert [str(path) for path in tracked("*.py") if path.stem in vague or vague & set(path.parts)] == []


def test_every_template_is_used():
    sources = "\n".join(
        (ROOT / path).read_text("utf-8")
        for path in tracked("*.py", "*.html", "*.txt", "*.typ")
        if path.parts[0] != "tests"
    )
    by_django = {"400.html", "403.html", "404.html", "500.html"}
    # Letters are named without their ending; tests/notifications/test_letters.py holds them against their list.
    # Documents are named as core.pdf takes them, from their own folder.
    own = [
        path.relative_to("templates").as_posix().removeprefix("typst/")
        for path in tracked("templates/*")
        if path.parts[-2] != "email"
    ]
    overridden = ("account/", "mfa/", "django/", "unfold/", "registration/", "admin/", "import_export/")
    unused = [
        name
        for name in own
        # Typst's root is its own folder.
        if name.removeprefix("typst/") not in sources and name not in by_django and not name.startswith(overridden)
    ]
    assert unused == []


def test_no_file_is_longer_than_a_reader_can_hold():
    sizes = {
        path: len((ROOT / path).read_text("utf-8").splitlines()) for path in tracked("*.py", "*.html", "*.css", "*.js")
    }
    assert {str(path): lines for path, lines in sizes.items() if lines > limit(path)} == {}


def limit(path):
    if "migrations" in path.parts:
        return float("inf")
    return 600 if path.parts[0] == "tests" else 400


def test_nothing_inline_in_a_template():
    inline = re.compile(r"\son[a-z]+=|\sstyle=|<style|<script(?![^>]*(src=|type=\"application/))", re.IGNORECASE)
    # Mail programs fetch no style sheet.
    others = {"templates/notifications/letter.html"}
    public = [
        path
        for path in tracked("templates/*.html")
        if path.parts[1] not in {"admin", "unfold"} and path.as_posix() not in others
    ]
    assert public
    assert [str(path) for path in public if inline.search((ROOT / path).read_text("utf-8"))] == []
