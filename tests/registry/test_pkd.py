"""PKD from a sheet laid out as Statistics Poland lays it out."""

import pytest
from django.core.management import CommandError, call_command
from openpyxl import Workbook

from registry.models import DictionaryLoad, PkdCode

pytestmark = pytest.mark.django_db

SHEET = [
    ["Polska Klasyfikacja Działalności (PKD) 2025 - struktura"],
    ["Sekcja", "Dział", "Grupa", "Klasa", "Podklasa", "Nazwa grupowania"],
    ["SEKCJA R", None, None, None, None, "OPIEKA ZDROWOTNA I POMOC SPOŁECZNA"],
    [None, "88", None, None, None, "POMOC SPOŁECZNA BEZ ZAKWATEROWANIA"],
    [None, None, "88.9", None, None, "Pozostała pomoc społeczna bez zakwaterowania"],
    [
        None,
        None,
        None,
        None,
        "88.99.Z",
        "Pozostała pomoc społeczna\nbez zakwaterowania, gdzie indziej  niesklasyfikowana",
    ],
]


@pytest.fixture
def sheet(tmp_path):
    def write(rows):
        book = Workbook()
        for row in rows:
            book.active.append(row)
        path = tmp_path / "pkd.xlsx"
        book.save(path)
        return path

    return write


def test_a_sheet_of_pkd_2025_stands_beside_pkd_2007(sheet):
    call_command("load_pkd", sheet(SHEET))

    code = PkdCode.objects.get(version=2025, symbol="88.99.Z")
    assert (code.section, code.level) == ("R", "podklasa")
    assert code.name == "Pozostała pomoc społeczna bez zakwaterowania, gdzie indziej niesklasyfikowana"
    assert PkdCode.objects.get(version=2007, symbol="88.99.Z").section == "Q"
    assert PkdCode.objects.filter(version=2025).count() == 3
    assert DictionaryLoad.objects.get(pk="pkd_2025").rows == 3


def test_a_sheet_loaded_again_renames(sheet):
    call_command("load_pkd", sheet(SHEET))
    call_command("load_pkd", sheet([*SHEET[:-1], [None, None, None, None, "88.99.Z", "Inna nazwa"]]))

    assert PkdCode.objects.get(version=2025, symbol="88.99.Z").name == "Inna nazwa"
    assert PkdCode.objects.filter(version=2025).count() == 3


@pytest.mark.parametrize("rows", [[["Nazwa", "NIP"], ["Fundacja", "8980000000"]], SHEET[:4]])
def test_a_sheet_without_subclasses_is_refused(sheet, rows):
    with pytest.raises(CommandError, match="Nie znaleziono podklas PKD"):
        call_command("load_pkd", sheet(rows))
    assert not PkdCode.objects.filter(version=2025).exists()


def test_a_missing_file_is_one_sentence(tmp_path):
    with pytest.raises(CommandError, match="Nie można otworzyć pliku"):
        call_command("load_pkd", tmp_path / "nie-ma.xlsx")
