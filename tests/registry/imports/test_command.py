"""`import_registry` as people and programs outside call it."""

import json
import subprocess
import sys

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from registry import models
from tests.registry.imports.conftest import numbers

pytestmark = pytest.mark.django_db

LINES = ["Nazwa;Rodzaj;NIP", "Fundacja Alfa;fundacja;8831690460", "Fundacja Beta;fundacja;1"]
TABLES = [
    models.ImportRun,
    models.ImportRow,
    models.DataSource,
    models.DuplicateCase,
    models.Institution,
    models.Organisation,
    models.Offer,
    models.CatalogueEntry,
    models.NameKey,
]


def counts():
    return {model.__name__: model.objects.count() for model in TABLES}


def test_the_report_has_the_promised_shape(import_lines):
    report = import_lines(*LINES)

    assert list(report)[:7] == ["rows", "created", "updated", "unchanged", "duplicates", "rejected", "warnings"]
    assert report["run"] == models.ImportRun.objects.get().pk
    assert report["rejected"] == [{"row": 3, "column": "NIP", "value": "1", "reason": "NIP ma 1 cyfrę zamiast 10"}]


def test_a_rehearsal_reports_and_writes_nothing(import_lines, tmp_path):
    before = counts()

    report = import_lines(*LINES, options=["--dry-run"])

    assert numbers(report) == (2, 1, 0, 0, 0, 1)
    assert report["run"] is None
    assert counts() == before
    assert not (tmp_path / "media").exists()


def test_a_summary_is_printed_for_a_person(sheet, capsys):
    call_command("import_registry", str(sheet(*LINES)))

    assert capsys.readouterr().out.splitlines() == [
        "Wierszy: 2",
        "nowe: 1, zmienione: 0, bez zmian: 0",
        "powtórzone: 0, do decyzji: 0, odrzucone: 1",
        "naprawy zapisu: 2",
    ]


def test_refused_rows_come_back_in_their_own_layout_to_be_mended(sheet, import_registry):
    import_registry(sheet(*LINES))

    run = models.ImportRun.objects.get()
    with run.rejected_file.open() as file:
        assert file.read().decode("utf-8-sig").splitlines() == [
            "Nazwa;Rodzaj;NIP;Powód odrzucenia",
            "Fundacja Beta;fundacja;1;NIP: NIP ma 1 cyfrę zamiast 10",
        ]


def test_a_mended_file_of_refused_rows_can_be_fed_again(sheet, import_registry):
    report = import_registry(
        sheet("Nazwa;Rodzaj;NIP;Powód odrzucenia", "Fundacja Beta;fundacja;8831690460;NIP: NIP ma 1 cyfrę zamiast 10")
    )

    assert numbers(report) == (1, 1, 0, 0, 0, 0)
    assert report["warnings"] == []


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "Plik jest pusty"),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), "To obraz PNG, a nie arkusz"),
        (b"PK\x03\x04" + bytes(50), "Skoroszyt jest uszkodzony"),
        (b"kolor;smak\nzielony;gorzki\n", "Nie znaleziono wiersza nagłówków"),
        (b"NIP;KRS\n8831690460;3418\n", "Nie rozpoznano kolumny z nazwą podmiotu"),
        (b"Nazwa;NIP\n" + b"x" * 3_000_000, "Linia 2 pliku ma ponad"),
        (
            b'Nazwa;NIP\nFundacja Alfa;8831690460\n"Fundacja bez konca;1\n' + b"x;1\n" * 400,
            "W wierszu 3 zaczyna się cudzysłów",
        ),
        (b"Nazwa;NIP\n" + b"Fundacja;\n" * 2_500 + b'"Bez konca;1\n' + b"x;1\n" * 400, "W wierszu 2502"),
    ],
    ids=["empty", "picture", "broken zip", "no heading", "no name", "one line", "open quote", "open quote far down"],
)
@pytest.mark.parametrize("options", [[], ["--dry-run"]])
def test_a_bad_file_ends_in_one_sentence_and_leaves_no_trace(tmp_path, content, reason, options):
    path = tmp_path / "wykaz.csv"
    path.write_bytes(content)
    before = counts()

    with pytest.raises(CommandError, match=reason) as failure:
        call_command("import_registry", str(path), "--source", "Nowe źródło", *options)

    assert failure.value.returncode == 1
    assert len(str(failure.value).splitlines()) == 1
    assert counts() == before
    assert list((tmp_path / "media").rglob("*.*")) == []


def test_exit_codes_of_a_missing_file_and_of_wrong_arguments(tmp_path):
    for arguments, code in (([str(tmp_path / "nie-ma.csv")], 1), ([], 2), (["plik.csv", "--nie-ma"], 2)):
        done = subprocess.run(
            [sys.executable, "manage.py", "import_registry", "--skip-checks", *arguments],
            cwd=settings.BASE_DIR,
            capture_output=True,
            text=True,
        )
        assert (done.returncode, done.stdout) == (code, "")
        assert done.stderr
        assert "Traceback" not in done.stderr


def test_headings_chosen_by_a_person_are_remembered_for_the_source(sheet, import_registry):
    source = models.DataSource.objects.create(name="Wykaz gminny")
    models.HeadingMapping.objects.create(source=source, heading="jak sie zwie", field="name")
    models.HeadingMapping.objects.create(source=source, heading="nip", field="")

    report = import_registry(sheet("Jak się zwie;Rodzaj;NIP", "Fundacja Alfa;fundacja;1"), "--source", "wykaz GMINNY")

    assert numbers(report) == (1, 1, 0, 0, 0, 0)


def test_the_numbers_of_rows_are_those_a_spreadsheet_shows(sheet, import_registry):
    report = import_registry(
        sheet("Wykaz na dzień 1.01.2026", "", '"Nazwa\npodmiotu";NIP', '"Fundacja\nAlfa";1', "", "Fundacja Beta;2")
    )

    assert [one["row"] for one in report["rejected"]] == [4, 6]


CELLS = st.text(alphabet="ab ąęż„”\"';,-0123456789@./\n", max_size=20)
NAMES = st.sampled_from(["", "Fundacja Alfa", "FUNDACJA ALFA", "Fundacja Alpha", "WTZ w Kłodzku", "Nasze Dzieci"])
ROWS = st.lists(
    st.tuples(NAMES, CELLS, st.sampled_from(["", "8831690460", "5322059220", "1"]), CELLS, CELLS, CELLS),
    min_size=1,
    max_size=12,
)


@given(rows=ROWS)
@hypothesis_settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_row_is_dealt_with_exactly_once(import_registry, tmp_path, rows):
    import csv

    path = tmp_path / "wykaz.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(["Nazwa", "Rodzaj", "NIP", "Miejscowość", "Ulica", "Oferta"])
        writer.writerows(rows)
    try:
        report = import_registry(path)
    except CommandError:
        return

    assert report["rows"] == sum(numbers(report)[1:])
    dealt = [one["row"] for one in report["duplicates"] + report["rejected"]]
    assert len(dealt) == len(set(dealt))
    assert json.dumps(report)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
