"""The files of a day: all data sets as they stood at one moment, whole or not at all."""

import csv
import gzip
import io
import json
import threading
from dataclasses import replace
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path

import openpyxl
import pytest
from django.core.files.storage import default_storage
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from core import alarms, locks
from core.files import sweeping
from open_data import datasets
from open_data.changes.since import changes_since
from open_data.dumps import files, formats
from open_data.models import Content, Dump
from open_data.tasks.dumps import make_dumps
from open_data.use_cases import dumps
from registry.models import Institution, Offer
from tests.events.threads import until_given_out
from tests.open_data.region import make, region
from tests.registry.factories import OrganisationFactory, refresh

DAY = timedelta(days=1)
NIGHT = datetime(2026, 11, 23, 0, 35, tzinfo=timezone.get_default_timezone())
TODAY = NIGHT.date()
pytestmark = pytest.mark.django_db


def stored(dump):
    return Path(default_storage.path(dump.content.file.name))


def content(dataset, extension, day=TODAY):
    return gzip.decompress(stored(Dump.objects.get(dataset=dataset, format=extension, day=day)).read_bytes())


def csv_rows(dataset):
    return list(csv.DictReader(io.StringIO(content(dataset, "csv").decode(), newline="")))


def json_rows(dataset):
    return [json.loads(line) for line in content(dataset, "jsonl").decode().split("\n")[:-1]]


def unfinished():
    folder = Path(default_storage.path(f"{files.FOLDER}/.pisane"))
    return list(folder.iterdir()) if folder.exists() else []


@pytest.fixture
def night():
    card = region()
    make(NIGHT)
    return card


def test_every_data_set_is_there_in_each_of_its_formats_with_its_rows_sum_and_size(night):
    expected = {(one.slug, form) for one in datasets.all_datasets() for form in one.formats}
    made = Dump.objects.select_related("content")
    assert {(dump.dataset, dump.format) for dump in made} == expected
    assert {dump.dataset for dump in made if not dump.rows} == set()
    for dump in made:
        plain = gzip.decompress(stored(dump).read_bytes())
        assert (sha256(plain).hexdigest(), len(plain)) == (dump.content.sha256, dump.content.size)
        assert stored(dump).stat().st_size == dump.content.stored_size
    assert unfinished() == []


def test_all_formats_of_a_data_set_hold_the_same_rows(night):
    for one in datasets.all_datasets():
        cells, objects = csv_rows(one.slug), json_rows(one.slug)
        assert list(cells[0]) == one.names
        assert [set(row) for row in objects] == [set(one.names)] * len(objects)
        key = one.names[0]
        assert [row[key] for row in cells] == [str(row[key]) for row in objects]
        sheet = openpyxl.load_workbook(io.BytesIO(content(one.slug, "xlsx"))).active
        header, *rows = ([cell.value for cell in line] for line in sheet.iter_rows())
        assert header == one.names
        assert [["" if cell is None else str(cell) for cell in row] for row in rows] == [
            list(row.values()) for row in cells
        ]
        if one.has_place:
            features = json.loads(content(one.slug, "geojson"))["features"]
            assert [feature["id"] for feature in features] == [row[key] for row in objects]
            assert not {"lat", "lon"} & set(features[0]["properties"])


def test_the_catalogue_is_as_its_export(night, client):
    exported = b"".join(client.get("/katalog/eksport.csv").streaming_content)
    assert content("podmioty", "csv") == exported


def test_facts_of_units_statuses_offers_and_marks(night):
    [unit] = csv_rows("jednostki")
    assert (unit["name"], unit["operator_nip"], unit["started_on"]) == ("WTZ Kłodzko", "8990000110", "2015-09-01")
    [status] = json_rows("statusy-ps")
    assert (status["nip"], status["granted_on"], status["lost_on"], status["active"]) == (
        "8990000110", "2024-03-01", "", True,
    )  # fmt: skip
    [offer] = json_rows("oferty")
    assert offer["url"] == f"http://testserver{Offer.objects.get().get_absolute_url()}"
    assert (offer["organisation_id"], offer["mark"], offer["serves"]) == (night.pk, True, ["0208", "0264"])
    [mark] = csv_rows("znaki")
    assert (mark["number"], mark["offer"], mark["status"]) == ("ZP/2026/001", "Mycie okien; duże", "wazny")


def test_territory_has_every_code_once_and_its_borders(night):
    rows = csv_rows("terytorium")
    assert len(rows) == len({row["id"] for row in rows}) == 1 + 30 + 169
    features = json.loads(content("terytorium", "geojson"))["features"]
    assert {feature["geometry"]["type"] for feature in features[1:]} <= {"Polygon", "MultiPolygon"}


def test_codes_of_all_files_stand_in_the_dictionaries(night):
    known = {(row["dictionary"], row["code"]) for row in csv_rows("slowniki")}
    named = {
        "rodzaj": {row["kind"] for slug in ("podmioty", "oferty", "jednostki", "znaki") for row in csv_rows(slug)},
        "kategoria": {row["category"] for row in csv_rows("oferty")},
        "aktywnosc": {row["status"] for row in csv_rows("podmioty")},
        "cel-ps": {row["goal"] for row in csv_rows("statusy-ps")},
        "rodzaj-wydarzenia": {row["kind"] for row in csv_rows("wydarzenia")},
        "stan-wydarzenia": {row["state"] for row in csv_rows("wydarzenia")},
        "typ-zamowienia": {row["type"] for row in csv_rows("zamowienia")},
        "rodzaj-zamowienia": {row["kind"] for row in csv_rows("zamowienia")},
        "klauzula": {code for row in json_rows("zamowienia") for code in row["clauses"]},
        "tryb": {row["mode"] for row in csv_rows("zamowienia")},
        "stan-znaku": {row["status"] for row in csv_rows("znaki")},
        "poziom-terytorium": {row["level"] for row in csv_rows("terytorium")},
    }
    assert {(name, code) for name, codes in named.items() for code in codes if code} - known == set()


def test_what_has_not_changed_is_stored_once(night):
    contents = Content.objects.count()
    make(NIGHT + DAY)
    assert Dump.objects.values("day").distinct().count() == 2
    # How a mark stands and the like may change with the day, nothing else of these files does.
    assert Content.objects.count() == contents
    files_on_disk = [path for path in Path(default_storage.path(files.FOLDER)).rglob("*.gz")]
    assert len(files_on_disk) == contents


def test_a_past_day_stays_as_it_was(night):
    before = content("podmioty", "csv")
    Institution.objects.filter(pk=night.institution_id).update(name="Inna nazwa")
    make(NIGHT + DAY)
    assert content("podmioty", "csv") == before
    assert "Inna nazwa" in content("podmioty", "csv", (NIGHT + DAY).date()).decode()


def test_a_full_disk_leaves_the_day_before_and_nothing_half_written(night, monkeypatch, settings):
    class Full:
        def __init__(self, *_, **__):
            pass

        def __enter__(self):
            return self

        def __exit__(self, *_):
            pass

        def write(self, data):
            raise OSError(28, "No space left on device")

    monkeypatch.setattr(files.gzip, "GzipFile", Full)
    with pytest.raises(OSError, match="No space left"):
        make(NIGHT + DAY)
    assert Dump.objects.newest_day() == NIGHT.date()
    assert unfinished() == []
    morning = NIGHT.replace(hour=settings.OPEN_DATA_READY_HOUR)
    assert dumps.standing(now=morning) == ""
    assert "ostatnie są z 23.11.2026" in dumps.standing(now=morning + DAY)
    assert dumps.standing(now=NIGHT + DAY) == ""


@pytest.mark.time_machine("2026-11-25 12:00")
def test_administrators_read_that_files_are_missing(night):
    assert any("nie powstały pliki z dziś" in sentence for sentence in alarms.sentences())


def test_a_portal_that_never_made_files_says_so_after_its_first_day(settings):
    morning = NIGHT.replace(hour=settings.OPEN_DATA_READY_HOUR)
    assert dumps.standing(now=morning) == ""
    OrganisationFactory(published=True)
    assert "nie ma jeszcze żadnych" in dumps.standing(now=morning + 2 * DAY)


def test_rows_that_cannot_be_read_leave_nothing(night, monkeypatch):
    one = datasets.find("podmioty")

    def failing():
        yield from one.read()
        raise ValueError("zerwane połączenie")

    with pytest.raises(ValueError, match="zerwane"), files.targets(one.formats) as targets:
        formats.write(one, failing(), targets)
    assert unfinished() == []


def test_the_nightly_sweep_of_the_storage_leaves_files_that_have_rows(night):
    on_disk = len(list(Path(default_storage.path(files.FOLDER)).rglob("*.gz")))
    assert sweeping.sweep(now=timezone.now() + 2 * DAY) == 0
    assert len(list(Path(default_storage.path(files.FOLDER)).rglob("*.gz"))) == on_disk
    Dump.objects.all().delete()
    Content.objects.all()._raw_delete("default")
    assert sweeping.sweep(now=timezone.now() + 2 * DAY, even_many=True) == on_disk


def test_without_a_setting_every_day_is_kept(night):
    make(NIGHT + DAY)
    assert dumps.thin(now=NIGHT + 4000 * DAY) == 0
    assert Dump.objects.values("day").distinct().count() == 2


def test_with_a_setting_the_first_day_of_each_month_is_kept(night, settings, at_once):
    for days in (1, 10, 40):
        Institution.objects.filter(pk=night.institution_id).update(name=f"Nazwa {days}")
        make(NIGHT + days * DAY)
    settings.OPEN_DATA_KEPT_DAYS = 30
    dumps.thin(now=NIGHT + 40 * DAY)
    kept = Dump.objects.order_by("day").values_list("day", flat=True).distinct()
    # The first of November and of December are both there, and what is younger than thirty days.
    assert list(kept) == [(NIGHT + days * DAY).date() for days in (0, 10, 40)]
    assert Content.objects.filter(dumps__isnull=True).count() == 0
    on_disk = {path.name for path in Path(default_storage.path(files.FOLDER)).rglob("*.gz")}
    assert on_disk == {f"{sum_}.gz" for sum_ in Content.objects.values_list("sha256", flat=True)}


def test_the_number_of_queries_does_not_grow_with_the_rows(night):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            make(timezone.now())
        Dump.objects.filter(day=timezone.localdate()).delete()
        return len(captured)

    OrganisationFactory(published=True)
    before = queries()
    cards = [OrganisationFactory(published=True) for _ in range(30)]
    refresh(*cards)
    assert queries() <= before


@pytest.mark.django_db(transaction=True)
@pytest.mark.time_machine("2026-11-23 00:35 +0100", tick=False)
def test_the_night_makes_the_files_once_from_one_moment(monkeypatch, client):
    card = OrganisationFactory(published=True, institution__name="Przed")
    refresh(card)

    def changed_meanwhile():
        """Somebody renames the card between two data sets of one night."""

        def rename():
            Institution.objects.filter(pk=card.institution_id).update(name="Po")
            connection.close()

        other = threading.Thread(target=rename)
        other.start()
        other.join()
        return datasets.find("oferty").read()

    offers = replace(datasets.find("oferty"), read=changed_meanwhile)
    monkeypatch.setattr(dumps, "all_datasets", lambda: [offers, datasets.find("podmioty")])
    make_dumps()
    assert [row["name"] for row in csv_rows("podmioty")] == ["Przed"]
    until_given_out()
    since = client.get(changes_since(Dump.objects.first())).json()["results"]
    assert [(line["dataset"], line["id"]) for line in since] == [("organisations", card.pk)]
    made = Dump.objects.count()
    make_dumps()
    assert Dump.objects.count() == made


@pytest.mark.django_db(transaction=True)
def test_two_nights_at_once_are_one():
    """The lock is held by a session: another one stands for the other process."""
    taken, over = threading.Event(), threading.Event()

    def hold():
        with locks.held(locks.DUMPING, 0):
            taken.set()
            over.wait(10)
        connection.close()

    other = threading.Thread(target=hold)
    other.start()
    taken.wait(10)
    try:
        assert dumps.make(now=NIGHT) == 0
        assert not Dump.objects.exists()
    finally:
        over.set()
        other.join()


@pytest.mark.django_db(transaction=True)
def test_what_a_killed_night_left_is_cleared_by_the_next(monkeypatch):
    folder = Path(default_storage.path(f"{files.FOLDER}/.pisane"))
    folder.mkdir(parents=True)
    (folder / "zabity").write_bytes(b"x")
    monkeypatch.setattr(dumps, "all_datasets", lambda: [datasets.find("slowniki")])
    assert dumps.make(now=NIGHT) == 3
    assert unfinished() == []
