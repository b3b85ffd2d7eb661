"""Administrators change the dated rules, coordinators look; what nobody has checked is marked."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.choices import Role
from core.exceptions import Refused
from procurement.choices import RuleKind
from procurement.models import ClauseGroup, ClauseKind, Guide, Mode, OfferPeriod, Rule
from procurement.use_cases.rules import succeed
from tests.accounts.factories import account

pytestmark = pytest.mark.django_db
MODELS = [Rule, Mode, OfferPeriod, ClauseKind, ClauseGroup]


def address(model, page, *args):
    return reverse(f"admin:procurement_{model._meta.model_name}_{page}", args=args)


@pytest.fixture
def administrator(client):
    client.force_login(account(Role.ADMINISTRATOR))
    return client


@pytest.fixture
def row():
    return Rule.objects.get(kind=RuleKind.ACT_THRESHOLD, valid_until=None)


@pytest.mark.parametrize("model", MODELS)
def test_unchecked_rows_are_marked_and_found_by_a_filter(coordinator, model):
    page = coordinator.get(address(model, "changelist"), {"sprawdzenie": "nie"})
    rows = list(page.context["cl"].result_list)
    assert rows
    assert not any(row.is_checked for row in rows)
    assert page.content.decode().count('<span class="tag warn">do sprawdzenia</span>') == len(rows)
    assert not coordinator.get(address(model, "changelist"), {"sprawdzenie": "tak"}).context["cl"].queryset.filter(
        is_checked=False
    )  # fmt: skip


@pytest.mark.parametrize("model", MODELS)
def test_the_first_page_says_how_many_and_leads_there(coordinator, model):
    waiting = {line["url"]: line["count"] for line in coordinator.get("/admin/").context["waiting"]}
    unchecked = model.objects.filter(is_checked=False).count()
    assert waiting[f"{address(model, 'changelist')}?sprawdzenie=nie"] == unchecked > 0


def test_filters_by_day_tell_what_is_in_force(coordinator, row):
    future = Rule.objects.create(
        kind=RuleKind.PRICE_WEIGHT, nature="roboty", number=50, legal_basis="art. 1",
        valid_from=timezone.localdate() + timedelta(days=9),
    )  # fmt: skip

    def found(value):
        return set(coordinator.get(address(Rule, "changelist"), {"kiedy": value}).context["cl"].queryset)

    assert row in found("dzis")
    assert found("bedzie") == {future}
    assert not found("dzis") & (found("kiedys") | found("bedzie"))


@pytest.mark.parametrize("model", MODELS)
def test_a_coordinator_only_reads(coordinator, model):
    one = model.objects.first()
    assert coordinator.get(address(model, "change", one.pk)).status_code == 200
    assert coordinator.get(address(model, "add")).status_code == 404
    assert coordinator.get(address(model, "successor", one.pk)).status_code == 404
    assert "Zakończ ten wiersz" not in coordinator.get(address(model, "change", one.pk)).content.decode()


@pytest.mark.parametrize("model", MODELS)
def test_an_administrator_opens_every_form(administrator, model):
    one = model.objects.first()
    assert "Zakończ ten wiersz" in administrator.get(address(model, "change", one.pk)).content.decode()
    assert administrator.get(address(model, "add")).status_code == 200
    assert administrator.get(address(model, "successor", one.pk)).status_code == 200


def test_one_step_ends_a_row_and_opens_the_next(administrator, row):
    given = {"valid_from": "2028-01-01", "number": "200000", "legal_basis": "art. 2 PZP", "source": "Dz.U.",
             "is_checked": "on"}  # fmt: skip
    answer = administrator.post(address(Rule, "successor", row.pk), given)
    row.refresh_from_db()
    new = Rule.objects.get(kind=row.kind, valid_from=date(2028, 1, 1))
    assert answer.url == address(Rule, "change", new.pk)
    assert (row.valid_until, row.number) == (date(2028, 1, 1), 170_000)
    assert (new.number, new.valid_until, new.is_checked) == (200_000, None, True)


@pytest.mark.parametrize(
    ("model", "given", "changed"),
    [
        (Mode, {"label": "przetarg", "bands": ["unijne", "krajowe"], "synonyms": "PN\nprzetarg otwarty"},
         {"label": "przetarg", "bands": ["krajowe", "unijne"], "synonyms": ["PN", "przetarg otwarty"]}),
        (ClauseKind, {"article": "94", "label": "nowa", "needs": ["people"], "groups": ["bezdomni"]},
         {"label": "nowa", "needs": ["people"], "groups": ["bezdomni"]}),
        (ClauseGroup, {"label": "nowa", "articles": "94\n96"}, {"label": "nowa", "articles": ["94", "96"]}),
    ],
)  # fmt: skip
def test_the_next_row_of_lists_keeps_its_code(administrator, model, given, changed):
    one = model.objects.first()
    dates = {"valid_from": "2028-01-01", "legal_basis": "nowa ustawa"}
    assert administrator.post(address(model, "successor", one.pk), given | dates).status_code == 302
    new = model.objects.get(code=one.code, valid_from=date(2028, 1, 1))
    told = {name: sorted(value) if name == "bands" else value for name in changed if (value := getattr(new, name))}
    assert (told, new.is_checked, new.position) == (changed, False, one.position)


@pytest.mark.parametrize(
    ("day", "words"),
    [
        ("2026-01-01", "Następny wiersz musi się zacząć po 01.01.2026"),
        ("2020-01-01", "Następny wiersz musi się zacząć po 01.01.2026"),
        ("", "To pole jest wymagane"),
    ],
)
def test_a_day_that_cannot_be_is_refused_and_what_was_typed_is_kept(administrator, row, day, words):
    answer = administrator.post(
        address(Rule, "successor", row.pk), {"valid_from": day, "number": "200000", "legal_basis": "x"}
    )
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert 'value="200000"' in answer.content.decode()
    assert Rule.objects.filter(kind=row.kind).count() == 2


def test_a_gap_is_refused_and_so_is_a_row_that_is_followed_already(row):
    old = Rule.objects.get(kind=RuleKind.ACT_THRESHOLD, valid_until=row.valid_from)
    given = {"model": Rule, "row_id": old.pk, "changes": {}}
    with pytest.raises(Refused, match=r"kończy się 01\.01\.2026"):
        succeed(**given, valid_from=date(2026, 2, 1))
    with pytest.raises(Refused, match="już nie ma"):
        succeed(**given | {"row_id": 0}, valid_from=date(2026, 2, 1))


def test_an_overlap_is_refused_in_words(administrator, row):
    old = Rule.objects.get(kind=RuleKind.ACT_THRESHOLD, valid_until=row.valid_from)
    answer = administrator.post(
        address(Rule, "successor", old.pk), {"valid_from": "2025-06-01", "number": "1", "legal_basis": "x"}
    )
    assert "W tym czasie obowiązuje już inna wartość." in answer.content.decode()
    old.refresh_from_db()
    assert old.valid_until == row.valid_from
    answer = administrator.post(
        address(Rule, "add"), {"kind": row.kind, "number": "1", "valid_from": "2027-01-01", "legal_basis": "x"}
    )
    assert "W tym czasie obowiązuje już inna wartość." in answer.content.decode()


def test_rows_are_marked_as_checked_in_one_action(administrator, row):
    some = list(Rule.objects.filter(is_checked=False).values_list("pk", flat=True)[:3])
    administrator.post(address(Rule, "changelist"), {"action": "mark_checked", "_selected_action": some})
    assert Rule.objects.filter(pk__in=some, is_checked=True).count() == 3


# Texts of the advisor.


def test_a_coordinator_writes_the_next_version_and_leaves_the_one_that_is_shown(coordinator):
    shown = Guide.objects.get(clause="art100")
    page = coordinator.get(address(Guide, "change", shown.pk))
    assert 'name="text"' not in page.content.decode()
    given = {"clause": "art100", "text": "Nowy tekst.", "author": "Zespół", "valid_from": "2030-01-01"}
    answer = coordinator.post(address(Guide, "add"), given)
    assert answer.status_code == 302
    new = Guide.objects.get(clause="art100", valid_from=date(2030, 1, 1))
    assert 'name="text"' in coordinator.get(address(Guide, "change", new.pk)).content.decode()
    assert Guide.objects.get(pk=shown.pk).text == ""


def test_a_text_is_of_one_thing_and_has_an_author(coordinator):
    given = {"text": "x", "author": "Zespół", "valid_from": "2030-01-01"}
    assert "Wybierz część doradcy albo klauzulę." in coordinator.post(address(Guide, "add"), given).content.decode()
    both = given | {"topic": "wstep", "clause": "art94"}
    assert "Wybierz część doradcy albo klauzulę." in coordinator.post(address(Guide, "add"), both).content.decode()
    nobody = given | {"topic": "wstep", "author": ""}
    assert coordinator.post(address(Guide, "add"), nobody).status_code == 200
    assert not Guide.objects.filter(text="x").exists()


def test_the_list_tells_which_texts_are_not_written(coordinator):
    rows = coordinator.get(address(Guide, "changelist"), {"tekst": "brak", "wersja": "dzis"}).context["cl"].queryset
    assert set(rows.values_list("text", flat=True)) == {""}
    assert "art100" in rows.values_list("clause", flat=True)
