"""A person says what the columns of a plan are; the next file is read the same way."""

import io
import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.test import Client
from openpyxl import Workbook

from accounts.choices import Role
from core.exceptions import Refused
from procurement.choices import Nature, PlanImportState
from procurement.models import OrderingUnit, PlanHeading, PlanImport, PlanItem
from procurement.use_cases.plans.columns import tell_columns
from tests.accounts.factories import account, authority
from tests.procurement.factories import PlanFactory, PlanVersionFactory
from tests.procurement.test_plan_desk import at

pytestmark = pytest.mark.django_db
# "Co kupujemy" and "Za ile" are in no table of ours.
STRANGE = (
    "Co kupujemy;Jak;Za ile;Kiedy;Referent\n"
    "Sprzątanie urzędu;tryb podstawowy;400 000;II kw.;A. Lis\n"
    "Remont dachu;tryb podstawowy;500 000;III kw.;B. Ryś\n"
)
# The subject is known, the value is not.
HALF = "Przedmiot zamówienia;Rodzaj;Tryb;Za ile;Termin\nSprzątanie urzędu;usługi;tryb podstawowy;400 000;II kw.\n"
KNOWN = (
    "Przedmiot zamówienia;Rodzaj;Tryb;Wartość netto;Termin;Opiekun\nPranie;usługi;tryb podstawowy;200 000;I kw.;Lis\n"
)
CHOSEN = ["subject", "mode", "value", "opening", "pomin"]


@pytest.fixture
def buyer():
    return authority(name="Gmina Nowa Wieś")


@pytest.fixture
def officer(client, buyer):
    client.force_login(account(Role.OFFICER, authority=buyer))
    return client


@pytest.fixture
def plan(buyer):
    return PlanVersionFactory(plan=PlanFactory(authority=buyer, year=2027)).plan


def send(client, plan, content, name="plan.csv"):
    """(the answer where one lands, the run)."""
    content = content.encode() if isinstance(content, str) else content
    upload = {"file": SimpleUploadedFile(name, content), "scope": "calosc"}
    answer = client.post(at("plan_file", plan), upload, follow=True)
    return answer, PlanImport.objects.latest("pk")


def say(client, run, chosen, **given):
    sent = {f"kolumna-{number}": field for number, field in enumerate(chosen)} | given
    return client.post(at("plan_columns", run.plan, run.pk), sent, follow=True)


def text_of(answer):
    return answer.content.decode().replace("\N{NO-BREAK SPACE}", " ")


def book(*sheets):
    made, content = Workbook(), io.BytesIO()
    made.remove(made.active)
    for name, rows in sheets:
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(row)
    made.save(content)
    return content.getvalue()


def subjects():
    return list(PlanItem.objects.order_by("order").values_list("subject", "value"))


def test_a_file_whose_headings_nobody_knows_is_asked_about_and_not_refused(officer, plan):
    answer, run = send(officer, plan, STRANGE)
    assert (answer.status_code, run.state) == (200, PlanImportState.NEEDS_COLUMNS)
    assert answer.redirect_chain[-1][0] == at("plan_columns", plan, run.pk)
    text = text_of(answer)
    assert "Nie znaleziono wiersza nagłówków" in text
    assert "„Sprzątanie urzędu”, „Remont dachu”" in text
    assert text.count("Tej kolumny portal nie zna.") == 5

    answer = say(officer, run, CHOSEN, **{"arkusz-0": "1"})
    assert answer.redirect_chain[-1][0] == at("plan_import", plan, run.pk)
    assert "Zapisz w szkicu" in text_of(answer)
    officer.post(at("plan_import", plan, run.pk), {"zapisz": "1"})
    assert subjects() == [("Sprzątanie urzędu", 400_000), ("Remont dachu", 500_000)]
    run.refresh_from_db()
    assert (run.state, bool(run.file)) == (PlanImportState.APPLIED, False)


def test_the_next_file_with_these_headings_is_read_without_a_word(officer, plan):
    say(officer, send(officer, plan, STRANGE)[1], CHOSEN, **{"arkusz-0": "1"})
    more = "Plan na rok 2027;;;;\n" + STRANGE.replace("400 000", "410 000")
    answer, run = send(officer, plan, more)
    assert run.state == PlanImportState.READ
    assert "Zapisz w szkicu" in text_of(answer)
    assert run.drafts[0]["values"]["value"] == "410000.00"
    # Said to be left out, so nobody is told that it was.
    assert run.notes == []
    page = text_of(officer.get(at("plan_columns", plan, run.pk)))
    assert page.count("Zapamiętana z wcześniejszego pliku.") == 5


def test_a_needed_column_that_is_missing_is_asked_for_when_one_is_unknown(officer, plan):
    answer, run = send(officer, plan, HALF)
    assert run.state == PlanImportState.NEEDS_COLUMNS
    form = answer.context["form"]
    assert [field.initial for field in form.fields.values()] == ["subject", "nature", "mode", "pomin", "opening"]
    # Whoever has nothing to add goes on without it.
    say(officer, run, ["subject", "nature", "mode", "pomin", "opening"])
    run.refresh_from_db()
    assert run.state == PlanImportState.READ
    assert "orientacyjnej wartości" in str(run.drafts[0]["warnings"])
    assert send(officer, plan, HALF)[1].state == PlanImportState.READ


def test_an_unknown_column_beside_all_that_is_needed_is_only_told(officer, plan):
    answer, run = send(officer, plan, KNOWN)
    assert run.state == PlanImportState.READ
    assert "Opiekun: tej kolumny nie wczytano" in text_of(answer)


def test_from_the_preview_the_columns_are_put_right(officer, plan):
    answer, run = send(officer, plan, KNOWN)
    assert at("plan_columns", plan, run.pk) in text_of(answer)
    assert "Popraw kolumny" in text_of(answer)
    say(officer, run, ["subject", "nature", "mode", "value", "opening", "remarks"])
    run.refresh_from_db()
    assert run.drafts[0]["values"]["remarks"] == "Lis"
    officer.post(at("plan_import", plan, run.pk), {"zapisz": "1"})
    answer = officer.get(at("plan_columns", plan, run.pk))
    assert answer.url == at("plan_import", plan, run.pk)
    assert "Popraw kolumny" not in text_of(officer.get(answer.url))


def test_two_columns_for_one_field_are_refused_in_words_and_choices_stay(officer, plan):
    _, run = send(officer, plan, STRANGE)
    answer = say(officer, run, ["subject", "mode", "value", "value", "pomin"], **{"arkusz-0": "1"})
    assert answer.status_code == 422
    assert "„orientacyjna wartość” to już kolumna „Za ile”. Wskaż to pole tylko w jednej kolumnie." in text_of(answer)
    assert list(answer.context["form"].errors) == ["kolumna-3"]
    assert [field.value() for field in answer.context["form"]] == ["subject", "mode", "value", "value", "pomin"]
    assert 'name="arkusz-0" value="1"' in text_of(answer)
    assert not PlanHeading.objects.exists()


@pytest.mark.parametrize(
    ("chosen", "words"),
    [
        (["mode", "value", "pomin", "pomin", "pomin"], "Wskaż kolumnę z przedmiotem zamówienia"),
        (["subject", "pomin", "pomin", "pomin", "pomin"], "Wskaż obok przedmiotu zamówienia jeszcze jedną kolumnę"),
        (["subject", "mode", "value"], "Wybierz z listy."),
        (["subject", "mode", "value", "opening", "PESEL"], "Wybierz z listy."),
    ],
)
def test_what_does_not_make_a_plan_is_refused_in_words(officer, plan, chosen, words):
    _, run = send(officer, plan, STRANGE)
    answer = say(officer, run, chosen, **{"arkusz-0": "1"})
    assert answer.status_code == 422
    assert words in text_of(answer)
    run.refresh_from_db()
    assert run.state == PlanImportState.NEEDS_COLUMNS


def test_the_row_of_the_headings_is_chosen_by_the_address(officer, plan):
    content = "Plan zamówień gminy;Zatwierdził;Wójt;Nowej;Wsi\nnowy rok;;;;\n" + STRANGE
    _, run = send(officer, plan, content)
    page = at("plan_columns", plan, run.pk)
    # Two rows are as wide as each other; the first one was taken for the heading.
    assert officer.get(page).context["form"].fields["kolumna-0"].label == "Plan zamówień gminy"
    answer = officer.get(page, {"arkusz-0": "3"})
    assert answer.context["form"].fields["kolumna-0"].label == "Co kupujemy"
    assert "wiersz 3: Co kupujemy | Jak | Za ile" in text_of(answer)
    assert not PlanHeading.objects.exists()
    for wrong in ("99", "x", "-1", "1" * 40):
        refused = officer.get(page, {"arkusz-0": wrong})
        assert (refused.status_code, "Wybierz wiersz z listy." in text_of(refused)) == (422, True)
    say(officer, run, CHOSEN, **{"arkusz-0": "3"})
    run.refresh_from_db()
    assert [one["row"] for one in run.drafts] == [4, 5]


def test_each_sheet_has_its_headings_and_one_may_be_left_out(officer, plan):
    rows = [line.split(";") for line in STRANGE.splitlines()]
    content = book(("Dostawy", rows), ("Usługi", [["Plan"], *rows]), ("Notatki", [["Uwaga", "tylko dla nas"]]))
    answer, run = send(officer, plan, content, "plan.xlsx")
    assert [table.sheet for table in answer.context["form"].tables] == ["Dostawy"]
    rows_said = {"arkusz-0": "1", "arkusz-1": "2", "arkusz-2": "pomin"}
    answer = officer.get(at("plan_columns", plan, run.pk), rows_said)
    # The same headings are asked about once.
    assert len(answer.context["form"].fields) == 5
    say(officer, run, CHOSEN, **rows_said)
    run.refresh_from_db()
    assert [(one["sheet"], one["row"], one["values"]["nature"]) for one in run.drafts] == [
        ("Dostawy", 2, Nature.SUPPLIES),
        ("Dostawy", 3, Nature.SUPPLIES),
        ("Usługi", 3, Nature.SERVICES),
        ("Usługi", 4, Nature.SERVICES),
    ]


def test_headings_that_stand_twice_or_not_at_all_are_told_apart(officer, plan):
    content = "Opis;Opis;;Ile\nPranie;tryb podstawowy;200 000;3\nOchrona;tryb podstawowy;300 000;1\n"
    answer, run = send(officer, plan, content)
    labels = [field.label for field in answer.context["form"].fields.values()]
    assert labels == ["Opis", "Opis", "kolumna 3 bez nagłówka", "Ile"]
    say(officer, run, ["subject", "mode", "value", "parts"], **{"arkusz-0": "1"})
    run.refresh_from_db()
    assert [(one["values"]["subject"], one["values"]["value"]) for one in run.drafts] == [
        ("Pranie", "200000.00"),
        ("Ochrona", "300000.00"),
    ]
    # What has no heading says nothing of another file.
    assert sorted(PlanHeading.objects.values_list("heading", "field")) == [
        ("ile", "parts"),
        ("opis", "subject"),
        ("opis?2", "mode"),
    ]


def test_a_unit_is_remembered_before_its_authority_and_no_other_hears_of_it(officer, plan, buyer):
    unit, other = (OrderingUnit.objects.create(authority=buyer, name=name) for name in ("Szkoła", "Dom kultury"))
    of_unit, of_other = (
        PlanVersionFactory(plan=PlanFactory(authority=buyer, unit=one, year=2027)).plan for one in (unit, other)
    )
    say(officer, send(officer, plan, KNOWN)[1], ["subject", "nature", "mode", "value", "opening", "remarks"])
    say(officer, send(officer, of_unit, KNOWN)[1], ["subject", "nature", "mode", "value", "opening", "cpv"])
    for where, field in ((plan, "remarks"), (of_unit, "cpv"), (of_other, "remarks")):
        answer = officer.get(at("plan_columns", where, send(officer, where, KNOWN)[1].pk))
        assert answer.context["form"].fields["kolumna-5"].initial == field
    stranger = authority(name="Inna gmina")
    elsewhere = PlanVersionFactory(plan=PlanFactory(authority=stranger, year=2027)).plan
    foreign = Client()
    foreign.force_login(account(Role.OFFICER, authority=stranger, email="inna@example.pl"))
    assert foreign.get(at("plan_columns", plan, PlanImport.objects.first().pk)).status_code == 404
    answer = foreign.get(at("plan_columns", elsewhere, send(foreign, elsewhere, KNOWN)[1].pk))
    assert answer.context["form"].fields["kolumna-5"].initial == "pomin"


def test_the_command_reads_by_what_is_remembered_and_asks_nobody(officer, plan, buyer, tmp_path):
    path, report = tmp_path / "plan.csv", tmp_path / "report.json"
    path.write_text(STRANGE, encoding="utf-8")
    given = {"buyer": buyer.institution.nip, "year": 2028, "report": report}
    with pytest.raises(CommandError, match="Nie znaleziono wiersza nagłówków") as refused:
        call_command("import_plan", path, **given)
    assert refused.value.returncode == 1
    say(officer, send(officer, plan, STRANGE)[1], CHOSEN, **{"arkusz-0": "1"})
    call_command("import_plan", path, **given)
    assert json.loads(report.read_text())["created"] == 2
    path.write_text(HALF, encoding="utf-8")
    call_command("import_plan", path, **given | {"year": 2029})
    assert json.loads(report.read_text())["created"] == 1


def test_a_large_file_is_asked_about_and_read_anew_by_a_worker(officer, plan, at_once):
    rows = "".join(f"Usługa numer {n};tryb podstawowy;{n + 1000};II kw.;x\n" for n in range(9_000))
    answer, run = send(officer, plan, STRANGE.splitlines()[0] + "\n" + rows)
    assert run.state == PlanImportState.NEEDS_COLUMNS
    assert run.job.result == ["Wskaż, co jest w kolumnach."]
    say(officer, run, CHOSEN, **{"arkusz-0": "1"})
    run.refresh_from_db()
    assert (run.state, len(run.drafts)) == (PlanImportState.READ, 9_000)


def test_a_file_that_is_gone_meanwhile_says_so(officer, plan):
    _, run = send(officer, plan, STRANGE)
    run.file.storage.delete(run.file.name)
    answer = say(officer, run, CHOSEN, **{"arkusz-0": "1"})
    assert answer.status_code == 200
    assert "Tego pliku już nie ma." in text_of(answer)


def test_a_file_that_was_given_up_is_asked_about_no_more(officer, plan):
    _, run = send(officer, plan, STRANGE)
    officer.post(at("plan_import", plan, run.pk), {"porzuc": "1"})
    assert "nie można teraz zmienić" in text_of(say(officer, run, CHOSEN, **{"arkusz-0": "1"}))
    with pytest.raises(Refused, match="nie można teraz zmienić"):
        tell_columns(import_id=run.pk, fields={"co kupujemy": "subject"}, rows={})
    with pytest.raises(Refused, match="nie ma pola"):
        tell_columns(import_id=run.pk, fields={"co kupujemy": "pesel"}, rows={})


def test_a_file_without_a_row_is_refused_at_once(officer, plan):
    _, run = send(officer, plan, ";;;\n;;;\n")
    assert run.state == PlanImportState.FAILED


@pytest.mark.parametrize("columns", [2, 40])
def test_the_page_asks_as_often_whatever_its_width(officer, plan, columns, django_assert_num_queries):
    heading = ";".join(f"Kolumna {number}" for number in range(columns))
    _, run = send(officer, plan, heading + "\n" + ";".join("abc" for _ in range(columns)) + "\n")
    page = at("plan_columns", plan, run.pk)
    officer.get(page)
    with django_assert_num_queries(6):
        assert len(officer.get(page).context["form"].fields) == columns
