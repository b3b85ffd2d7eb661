"""The freshness board: its numbers against the cards themselves, its links, its files, its cost."""

import csv
import io
import re
from datetime import date, timedelta
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from registry.confirming.board import board
from registry.models import Organisation
from tests.registry.confirming.factories import NOW, RULE, TODAY, asked, card_of

pytestmark = pytest.mark.django_db

BOARD = reverse("registry:freshness_board")
FRESH, OLD = TODAY - timedelta(days=30), date(2025, 11, 23)  # exactly a year ago: no longer confirmed in time


@pytest.fixture(autouse=True)
def _today(time_machine):
    time_machine.move_to(NOW)


def mixed():
    card_of(FRESH, support_centre="OWES Wrocław")
    asked(card_of(OLD, support_centre="OWES Wrocław"))
    card_of(OLD, activity="do-potwierdzenia", institution__municipality_id=None)
    card_of(None, activity="nieaktywny", of_unit=True)
    asked(card_of(OLD), 400, ended_on=TODAY)
    withdrawn = card_of(OLD)
    Organisation.objects.filter(pk=withdrawn.pk).update(published_at=None)


def test_every_section_adds_up_to_the_whole():
    mixed()
    lines, total = board(RULE, TODAY)
    assert total.numbers == (5, 1, 1, 1, 1, 1)
    assert total.share == 20
    for section in lines.values():
        assert tuple(map(sum, zip(*(line.numbers for line in section), strict=True))) == total.numbers
    assert [(line.name, line.numbers[0]) for line in lines["powiat"]] == [
        ("powiat kłodzki", 1),
        ("Wrocław", 3),
        ("nie podano", 1),
    ]
    assert [(line.code, line.numbers[0]) for line in lines["opiekun"]] == [("OWES Wrocław", 2), ("", 3)]


def test_each_number_leads_to_as_many_cards(coordinator):
    mixed()
    page = coordinator.get(BOARD).content.decode()
    links = re.findall(r'<a href="(/admin/registry/organisation/[^"]*)"[^>]*>(\d+)</a>', page)
    assert len(links) >= 20
    for address, number in links:
        found = coordinator.get(unescape(address))
        assert found.status_code == 200
        assert found.context["cl"].result_count == int(number), address


def test_each_number_says_what_it_counts_where_a_phone_hides_the_headings(coordinator):
    mixed()
    page = coordinator.get(BOARD).content.decode()
    cells = re.findall(r"<td[^>]*>", page)
    assert cells
    assert all("data-label=" in cell and 'role="cell"' in cell for cell in cells)


def test_an_empty_register_says_so(coordinator):
    assert "W katalogu nie ma jeszcze kart." in coordinator.get(BOARD).content.decode()


def test_the_rules_of_the_day_stand_on_the_board(coordinator):
    text = coordinator.get(BOARD).content.decode()
    assert "prośba po 12 miesiącach" in text
    assert "„niepotwierdzony” po 42 dniach" in text


def test_the_files_say_the_same_and_run_nothing(coordinator):
    mixed()
    Organisation.objects.filter(support_centre="OWES Wrocław").update(support_centre="=HYPERLINK(1)")
    address = reverse("registry:freshness_export", args=["csv"])
    answer = coordinator.get(address)
    rows = list(csv.reader(io.StringIO(answer.content.decode())))
    assert rows[-1] == ["Razem", "", "5", "1", "1", "1", "1", "1", "20"]
    assert "'=HYPERLINK(1)" in [row[1] for row in rows]
    assert answer["Content-Disposition"] == 'attachment; filename="swiezosc-2026-11-23.csv"'
    book = load_workbook(io.BytesIO(coordinator.get(address.replace("csv", "xlsx")).content))
    assert [str(cell.value or "") for cell in list(book.active.rows)[-1]] == rows[-1]
    assert coordinator.get(address.replace("csv", "pdf")).status_code == 404


@pytest.mark.parametrize("path", ["freshness_board", "call_list"])
def test_more_cards_ask_no_more_of_the_database(coordinator, path):
    counts = []
    for number in (1, 29):
        for _ in range(number):
            asked(card_of(OLD), 20, reminded=1)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert coordinator.get(reverse(f"registry:{path}")).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]
