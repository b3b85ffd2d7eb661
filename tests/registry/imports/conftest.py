import json

import pytest
from django.core.management import call_command

from registry.choices import ImportAction
from registry.models import Organisation


@pytest.fixture
def sheet(tmp_path):
    """sheet(*lines, name="wykaz.csv") writes a CSV of these lines and returns its path."""

    def write(*lines, name="wykaz.csv", encoding="utf-8"):
        path = tmp_path / name
        path.write_text("\n".join(lines) + "\n", encoding=encoding)
        return path

    return write


@pytest.fixture
def import_registry(tmp_path, capsys):
    """import_registry(path, "--dry-run", …) runs the command and returns its report."""

    def run(path, *options):
        report = tmp_path / "report.json"
        call_command("import_registry", str(path), "--report", str(report), *options)
        return json.loads(report.read_text("utf-8"))

    return run


@pytest.fixture
def import_lines(sheet, import_registry):
    """import_lines(*lines, options=()) imports a CSV of these lines and returns the report."""

    def run(*lines, options=()):
        return import_registry(sheet(*lines), *options)

    return run


def numbers(report):
    """(rows, created, updated, unchanged, duplicates, rejected) of a report."""
    return (
        report["rows"],
        report["created"],
        report["updated"],
        report["unchanged"],
        len(report["duplicates"]),
        len(report["rejected"]),
    )


def cards():
    """{name of the party: Organisation} of living cards."""
    return {str(card): card for card in Organisation.objects.living().with_party()}


def actions(run):
    """{row number: ImportAction}"""
    return {number: ImportAction(action) for number, action in run.rows.values_list("number", "action")}
