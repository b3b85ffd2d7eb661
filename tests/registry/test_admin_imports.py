"""The way of a file in the panel: upload, columns, preview to the row, writing, result."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts.permissions import Role
from registry.choices import ImportState
from registry.models import CatalogueEntry, DataSource, ImportRun, Organisation
from tests.accounts.factories import account
from tests.registry.factories import OrganisationFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_once")]
ADD = reverse("admin:registry_importrun_add")
LIST = reverse("admin:registry_importrun_changelist")
REGISTER = """Nazwa;Rodzaj;NIP;Miejscowość;Gmina;Powiat;Telefon
Spółdzielnia Żuraw;spółdzielnia socjalna;000-000-00-17;Wrocław;Wrocław;Wrocław;71 000 00 01
Fundacja Czapla;organizacja pozarządowa;12;Wrocław;Wrocław;Wrocław;71 000 00 02
Fundacja Bocian;organizacja pozarządowa;;Wrocław;Wrocław;Wrocław;brak telefonu
"""


def upload(client, text=REGISTER, *, name="rejestr.csv", follow=True, **given):
    content = text.encode() if isinstance(text, str) else text
    data = {"file": SimpleUploadedFile(name, content), "new_source": "Wykaz urzędu", "publish": "on"} | given
    return client.post(ADD, data, follow=follow)


def page_of(run, **query):
    return reverse("admin:registry_importrun_change", args=[run.pk])


def press(client, run, step):
    return client.post(reverse(f"admin:registry_importrun_{step}", args=[run.pk]), follow=True)


def counts(response):
    return {tab["code"]: tab["count"] for tab in response.context["tabs"] if tab["count"]}


def messages_of(response):
    return [str(message) for message in response.context["messages"]]


@pytest.mark.parametrize(("address", "title"), [(ADD, "Nowy import"), (LIST, "Importy")])
def test_the_menu_marks_where_one_is_and_nothing_else(coordinator, address, title):
    menu = coordinator.get(address).context["sidebar_navigation"]

    assert [item["title"] for group in menu for item in group["items"] if item.get("active")] == [title]


def test_an_uploaded_file_is_checked_and_shown_to_the_row(coordinator):
    response = upload(coordinator)
    run = ImportRun.objects.get()
    assert (run.state, run.source.name, run.publish, run.other_regions) == ("sprawdzony", "Wykaz urzędu", True, False)
    assert run.started_by.email == "koordynator@example.pl"
    assert counts(response) == {"nowe": 2, "odrzucone": 1, "uwagi": 1}
    assert [(line.number, line.name) for line in response.context["lines"]] == [
        (2, "Spółdzielnia Żuraw"),
        (4, "Fundacja Bocian"),
    ]
    assert not Organisation.objects.exists()


def test_refused_rows_and_warnings_tell_column_value_and_reason(coordinator):
    run = upload(coordinator) and ImportRun.objects.get()
    refused = coordinator.get(page_of(run), {"zakladka": "odrzucone"}).context["lines"]
    assert [(line.number, line.name, line.notes) for line in refused] == [
        (3, "Fundacja Czapla", [("NIP", "12", "NIP ma 2 cyfry zamiast 10")])
    ]
    warned = coordinator.get(page_of(run), {"zakladka": "uwagi"}).context["lines"]
    assert [(line.number, line.notes) for line in warned] == [
        (4, [("Telefon", "brak telefonu", "to nie jest numer telefonu; pole zostawiono puste")])
    ]


def test_changes_are_shown_old_and_new_in_words(coordinator):
    OrganisationFactory(institution__name="Spółdzielnia Żuraw", institution__nip="0000000017", published=True)
    response = upload(coordinator)
    assert counts(response)["zmiany"] == 1
    run = ImportRun.objects.get()
    (line,) = coordinator.get(page_of(run), {"zakladka": "zmiany"}).context["lines"]
    assert ("telefon", "+48710000000", "+48710000001") in line.changes


def test_what_a_person_has_confirmed_is_listed_as_left(coordinator):
    OrganisationFactory(
        institution__name="Spółdzielnia Żuraw", institution__nip="0000000017", verified_fields={"phone": "2026-01-01"}
    )
    upload(coordinator)
    run = ImportRun.objects.get()
    (line,) = coordinator.get(page_of(run), {"zakladka": "konflikty"}).context["lines"]
    assert line.notes == [("Telefon", "71 000 00 01", "dane potwierdzone przez człowieka; zostawiono: +48710000000")]


def test_writing_puts_the_rows_into_the_register_and_the_catalogue(coordinator):
    upload(coordinator)
    run = ImportRun.objects.get()
    response = press(coordinator, run, "zapisz")
    run.refresh_from_db()
    assert run.state == ImportState.APPLIED
    names = {"Spółdzielnia Żuraw", "Fundacja Bocian"}
    assert set(CatalogueEntry.objects.values_list("name", flat=True)) == names
    card = Organisation.objects.get(institution__nip="0000000017")
    assert reverse("admin:registry_organisation_change", args=[card.pk]) in response.content.decode()


def test_the_report_and_the_refused_rows_can_be_taken_home(coordinator):
    upload(coordinator)
    run = ImportRun.objects.get()
    told = coordinator.get(reverse("admin:registry_importrun_report", args=[run.pk]))
    told = json.loads(b"".join(told.streaming_content))
    assert (told["rows"], told["created"], told["run"]) == (3, 2, run.pk)
    assert told["rejected"] == [{"row": 3, "column": "NIP", "value": "12", "reason": "NIP ma 2 cyfry zamiast 10"}]
    assert coordinator.get(reverse("admin:registry_importrun_rejected", args=[run.pk])).status_code == 404
    press(coordinator, run, "zapisz")
    refused = coordinator.get(reverse("admin:registry_importrun_rejected", args=[run.pk]))
    assert "Fundacja Czapla" in b"".join(refused.streaming_content).decode("utf-8-sig")


UNKNOWN = "Kto;NIP;Miejscowość\nSpółdzielnia Żuraw;000-000-00-17;Oława\nFundacja Bocian;;Oława\n"


def test_columns_nobody_knows_are_asked_for_and_remembered_for_the_source(coordinator):
    response = upload(coordinator, UNKNOWN)
    run = ImportRun.objects.get()
    assert run.state == ImportState.NEEDS_MAPPING
    form = response.context["form"]
    assert [field.label for field in form] == ["Kto", "NIP", "Miejscowość"]
    address = reverse("admin:registry_importrun_columns", args=[run.pk])
    without_name = coordinator.post(address, {"column-0": "", "column-1": "nip", "column-2": "town"})
    assert without_name.context["form"].non_field_errors() == [
        "Wskaż kolumnę z nazwą podmiotu; bez niej nie da się wczytać pliku."
    ]
    data = {"column-0": "name", "column-1": "nip", "column-2": "town"}
    assert counts(coordinator.post(address, data, follow=True))["nowe"] == 2
    # The next file of the source needs nobody.
    upload(coordinator, UNKNOWN.replace("Bocian", "Kruk"), new_source="", source=run.source_id)
    assert ImportRun.objects.latest("pk").state == ImportState.STAGED


def undo_page(run):
    return reverse("admin:registry_importrun_undo", args=[run.pk])


def test_a_whole_run_is_taken_back(coordinator):
    upload(coordinator)
    run = ImportRun.objects.get()
    press(coordinator, run, "zapisz")
    assert "Nikt nie zmienił" in coordinator.get(undo_page(run)).content.decode()
    coordinator.post(undo_page(run), follow=True)
    run.refresh_from_db()
    assert run.state == ImportState.UNDONE
    assert not Organisation.objects.exists()
    assert not CatalogueEntry.objects.exists()


@pytest.mark.django_db(transaction=True)  # the context of the import's history ends with its transaction
def test_cards_that_somebody_changed_since_are_listed_and_may_only_stay(coordinator):
    upload(coordinator)
    run = ImportRun.objects.get()
    press(coordinator, run, "zapisz")
    card = Organisation.objects.get(institution__nip="0000000017")
    Organisation.objects.filter(pk=card.pk).update(description="Poprawił człowiek.")
    page = coordinator.get(undo_page(run))
    assert [touched.name for touched in page.context["touched"]] == ["Spółdzielnia Żuraw"]
    response = coordinator.post(undo_page(run), follow=True)
    assert "Po imporcie zmieniono karty (1): Spółdzielnia Żuraw." in response.content.decode()
    assert Organisation.objects.count() == 2
    coordinator.post(undo_page(run), {"zostaw": "1"})
    assert list(Organisation.objects.all()) == [card]


def test_only_a_written_run_can_be_taken_back(coordinator):
    upload(coordinator)
    run = ImportRun.objects.get()
    assert coordinator.get(undo_page(run))["Location"] == page_of(run)
    assert coordinator.post(undo_page(run))["Location"] == page_of(run)
    run.refresh_from_db()
    assert run.state == ImportState.STAGED


def test_columns_can_be_corrected_after_the_preview(coordinator):
    upload(coordinator)
    run = ImportRun.objects.get()
    address = reverse("admin:registry_importrun_columns", args=[run.pk])
    form = coordinator.get(address).context["form"]
    data = {field.html_name: field.initial for field in form} | {"column-6": ""}
    response = coordinator.post(address, data, follow=True)
    assert counts(response) == {"nowe": 2, "odrzucone": 1}


def test_an_unknown_meaning_of_a_column_is_refused_beside_it(coordinator):
    upload(coordinator, UNKNOWN)
    run = ImportRun.objects.get()
    address = reverse("admin:registry_importrun_columns", args=[run.pk])
    response = coordinator.post(address, {"column-0": "smok", "column-1": "nip"})
    assert list(response.context["form"].errors) == ["column-0"]


BAD_FILES = [
    ("pusty.csv", b"", "Wysłany plik jest pusty."),
    ("obraz.csv", b"\x89PNG\r\n\x1a\n" + b"\0" * 100, "To obraz PNG, a nie arkusz."),
    ("zera.csv", b"Nazwa;NIP\nA\0B;1\n", "Plik zawiera bajty zerowe, więc nie jest plikiem CSV."),
    ("uciety.xlsx", b"PK\x03\x04 to nie archiwum", "Skoroszyt jest uszkodzony lub ucięty."),
]


@pytest.mark.parametrize(("name", "content", "sentence"), BAD_FILES)
def test_a_bad_file_is_refused_beside_the_field_in_one_sentence(coordinator, name, content, sentence):
    response = upload(coordinator, content, name=name)
    (told,) = response.context["form"].errors["file"]
    assert told.startswith(sentence)
    assert not ImportRun.objects.exists()
    assert not DataSource.objects.filter(name="Wykaz urzędu").exists()


def test_a_source_must_be_chosen_or_named(coordinator):
    response = upload(coordinator, new_source="")
    assert response.context["form"].errors == {"new_source": ["Wybierz źródło z listy albo wpisz nazwę nowego."]}


def test_a_run_is_given_up_without_a_trace_in_the_register(coordinator):
    upload(coordinator)
    run = ImportRun.objects.get()
    assert messages_of(press(coordinator, run, "porzuc")) == ["Import porzucono; w rejestrze nic się nie zmieniło."]
    run.refresh_from_db()
    assert run.state == ImportState.CANCELLED
    assert not run.rows.exists()
    assert coordinator.get(page_of(run)).status_code == 200
    assert messages_of(press(coordinator, run, "porzuc")) == [
        "Tego kroku nie da się teraz zrobić: import jest w stanie „porzucony”."
    ]


def test_checking_again_sees_what_has_changed_in_the_register(coordinator):
    upload(coordinator)
    run = ImportRun.objects.get()
    OrganisationFactory(institution__name="Spółdzielnia Żuraw", institution__nip="0000000017")
    assert counts(press(coordinator, run, "sprawdz"))["zmiany"] == 1


def test_a_run_whose_process_died_offers_to_go_on(coordinator):
    upload(coordinator)
    run = ImportRun.objects.get()
    ImportRun.objects.filter(pk=run.pk).update(state=ImportState.APPLYING)
    page = coordinator.get(page_of(run)).content.decode()
    assert "przerwał pracę" in page
    response = press(coordinator, run, "wznow")
    assert "Zapisz w rejestrze" in response.content.decode()


def test_a_step_by_link_changes_nothing(coordinator):
    upload(coordinator)
    run = ImportRun.objects.get()
    for step in ("sprawdz", "zapisz", "porzuc", "wznow", "przerwij"):
        address = reverse(f"admin:registry_importrun_{step}", args=[run.pk])
        assert coordinator.get(address)["Location"] == page_of(run)
    assert not Organisation.objects.exists()
    run.refresh_from_db()
    assert run.state == ImportState.STAGED


@pytest.mark.parametrize("tab", ["smoki", "nowe'--"])
def test_an_unknown_tab_is_404(coordinator, tab):
    upload(coordinator)
    assert coordinator.get(page_of(ImportRun.objects.get()), {"zakladka": tab}).status_code == 404


def test_rows_are_found_by_a_part_of_the_name(coordinator):
    upload(coordinator)
    response = coordinator.get(page_of(ImportRun.objects.get()), {"zakladka": "nowe", "q": "bocian"})
    assert [line.name for line in response.context["lines"]] == ["Fundacja Bocian"]


@pytest.mark.parametrize("rows", [1, 30])
def test_the_preview_asks_the_same_number_of_queries_for_one_row_and_for_thirty(
    coordinator, rows, django_assert_num_queries
):
    lines = "".join(f"Fundacja Numer {number};Wrocław;\n" for number in range(rows))
    upload(coordinator, f"Nazwa;Miejscowość;Telefon\n{lines}")
    address = page_of(ImportRun.objects.get())
    with django_assert_num_queries(7):
        assert len(coordinator.get(address).context["lines"]) == rows


@pytest.mark.parametrize("rows", [1, 30])
def test_the_list_of_runs_asks_the_same_number_of_queries(coordinator, rows, django_assert_num_queries):
    source = DataSource.objects.create(name="Wykaz")
    for number in range(rows):
        ImportRun.objects.create(source=source, file_name=f"{number}.csv", sha256="0" * 64)
    with django_assert_num_queries(6):
        assert len(coordinator.get(LIST).context["cl"].result_list) == rows


@pytest.mark.parametrize(
    "step", ["change", "columns", "report", "rejected", "undo", "zapisz", "porzuc", "sprawdz", "wznow", "przerwij"]
)
def test_other_signed_in_people_do_not_see_imports(coordinator, step):
    upload(coordinator)
    run = ImportRun.objects.get()
    coordinator.force_login(account(Role.DIRECTOR))
    address = reverse(f"admin:registry_importrun_{step}", args=[run.pk])
    assert coordinator.get(address).status_code == 404
    assert coordinator.post(address).status_code == 404
    run.refresh_from_db()
    assert run.state == ImportState.STAGED
