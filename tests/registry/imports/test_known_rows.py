"""Rows that the last file held to the letter are not worked out again, and it must not show."""

import pytest
from django.utils import timezone

from registry.choices import ImportAction
from registry.models import DataSource, ImportRun, Institution, OrganisationKind
from registry.use_cases import organisations
from registry.use_cases.imports import drafts
from tests.registry.imports.conftest import actions, cards, numbers

pytestmark = pytest.mark.django_db

HEADING = "Nazwa;Rodzaj;NIP;Telefon;Miejscowość;Powiat;Organizator"
ALFA = "Fundacja Alfa;fundacja;883-169-04-60;74 837 25 99;Kłodzko;kłodzki"
BETA = "Fundacja Beta;fundacja;;12;Lubin;lubiński"
WTZ = "WTZ w Lubinie;WTZ;;;Lubin;lubiński;Stowarzyszenie Gama"
BAD = "Fundacja Delta;fundacja;1"


@pytest.fixture
def read_rows(monkeypatch):
    """Numbers of rows that were really worked out."""
    seen = []
    read = drafts.Reader.read

    def spy(self, row, digest=None):
        seen.append(row.number)
        return read(self, row, digest)

    monkeypatch.setattr(drafts.Reader, "read", spy)
    return seen


def told(report):
    return [report[name] for name in ("rows", "rejected", "warnings", "repairs")]


def test_the_second_report_tells_the_same_without_reading_the_rows(import_lines, read_rows):
    first = import_lines(HEADING, ALFA, BETA, WTZ, BAD)
    read_rows.clear()

    second = import_lines(HEADING, ALFA, BETA, WTZ, BAD)

    assert read_rows == []
    assert told(second) == told(first)
    assert numbers(second) == (4, 0, 0, 3, 0, 1)
    third = import_lines(HEADING, ALFA, BETA, WTZ, BAD)
    assert (read_rows, told(third)) == ([], told(first))


def test_rows_that_moved_are_known_and_new_ones_are_read(import_lines, read_rows):
    import_lines(HEADING, ALFA, BETA)
    read_rows.clear()

    report = import_lines(HEADING, WTZ, BETA, ALFA)

    assert read_rows == [2]
    assert numbers(report) == (3, 1, 0, 2, 0, 0)


def test_a_card_that_was_touched_is_compared_again(import_lines, read_rows):
    import_lines(HEADING, ALFA, BETA)
    read_rows.clear()
    card = cards()["Fundacja Alfa"]
    card.institution.phone = "+48123456789"
    card.institution.save()
    organisations.verify(organisation_id=card.pk, verifier="koordynator", fields=["phone"], now=timezone.now())

    report = import_lines(HEADING, ALFA, BETA)

    assert read_rows == [2]
    assert numbers(report) == (2, 0, 0, 2, 0, 0)
    assert Institution.objects.get(name="Fundacja Alfa").phone == "+48123456789"


def test_a_removed_card_is_made_anew(import_lines):
    import_lines(HEADING, ALFA)
    organisations.remove(organisation_id=cards()["Fundacja Alfa"].pk, now=timezone.now())

    assert numbers(import_lines(HEADING, ALFA)) == (1, 1, 0, 0, 0, 0)


@pytest.mark.parametrize("change", ["options", "dictionary", "heading", "rank"])
def test_whatever_else_decides_on_a_row_makes_it_read_again(import_lines, read_rows, change):
    import_lines(HEADING, ALFA)
    read_rows.clear()
    heading, options = HEADING, []
    if change == "options":
        options = ["--other-regions"]
    elif change == "dictionary":
        from registry.models import DictionaryLoad

        DictionaryLoad.objects.filter(name="kinds").update(sha256="0" * 64)
        assert OrganisationKind.objects.exists()
    elif change == "heading":
        heading = HEADING.replace("Telefon", "Tel.")
    else:
        DataSource.objects.update(rank=30)

    import_lines(heading, ALFA, options=options)

    assert read_rows == [2]


def test_another_source_reads_for_itself(import_lines, read_rows):
    import_lines(HEADING, ALFA)
    read_rows.clear()

    import_lines(HEADING, ALFA, options=["--source", "Inny wykaz"])

    assert read_rows == [2]


def test_a_new_row_about_a_known_one_is_its_repetition(import_lines):
    import_lines(HEADING, BETA, ALFA)

    report = import_lines(HEADING, "Inna nazwa;fundacja;8831690460", BETA, ALFA, "Jeszcze inna;fundacja;8831690460")

    assert report["duplicates"] == [
        {"row": 2, "of": 4, "why": "wskazuje ten sam podmiot co wiersz 4"},
        {"row": 5, "of": 4, "why": "wskazuje ten sam podmiot co wiersz 4"},
    ]
    assert actions(ImportRun.objects.latest("pk"))[4] == ImportAction.UNCHANGED


def test_two_equal_rows_stay_one_and_its_repetition(import_lines):
    first = import_lines(HEADING, ALFA, ALFA)
    second = import_lines(HEADING, ALFA, ALFA)

    assert numbers(first) == (2, 1, 0, 0, 1, 0)
    assert numbers(second) == (2, 0, 0, 1, 1, 0)
