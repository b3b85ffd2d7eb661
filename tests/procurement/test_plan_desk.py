"""Officers write a plan in the panel, publish it and change it; nobody else sees a draft."""

import json
from datetime import date, timedelta
from decimal import Decimal

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from accounts.choices import Role
from procurement.choices import Band, Nature, PlanState, UpdateKind
from procurement.models import OrderingUnit, Plan, PlanImport, PlanItem, PlanVersion, Posting
from procurement.tasks.plans import publish_due_plan, publish_due_plans
from procurement.use_cases.plans import publishing, reminding
from tests.accounts.factories import account, authority
from tests.procurement.factories import PlanFactory, PlanItemFactory, PlanVersionFactory, published
from tests.procurement.noticed import heard
from tests.registry.factories import NOW

pytestmark = pytest.mark.django_db
CSV = (
    "Przedmiot zamówienia;Rodzaj;Wartość netto;Termin wszczęcia\n"
    "Sprzątanie urzędu;usługi;400 000;II kw.\n"
    "Remont;roboty;do ustalenia;II kw.\n"
)


@pytest.fixture
def buyer():
    return authority(name="Gmina Nowa Wieś")


@pytest.fixture
def officer(client, buyer):
    client.force_login(account(Role.OFFICER, authority=buyer))
    return client


@pytest.fixture
def draft(buyer):
    version = PlanVersionFactory(plan=PlanFactory(authority=buyer, year=2027))
    PlanItemFactory(version=version, subject="Sprzątanie urzędu")
    return version


def at(name, plan, *more):
    return reverse(f"procurement:{name}", args=[plan.pk, *more])


def item_form(**given):
    return {
        "subject": "Catering na konferencje",
        "nature": "uslugi",
        "value": "ok. 200 tys.",
        "opening": "II kwartał 2027",
        "cpv": "55520000",
        **given,
    }


def test_an_empty_plan_gets_its_first_position(officer, buyer):
    answer = officer.post(
        reverse("procurement:plan_new"),
        {"buyer": f"a{buyer.pk}", "year": "2027", "start": "pusty", "budget_on": "2026-11-20"},
    )
    plan = Plan.objects.get()
    assert answer.url == at("plan_item_new", plan)
    answer = officer.post(answer.url, item_form(), follow=True)
    item = PlanItem.objects.get()
    assert (item.value, item.value_words, item.is_approximate) == (Decimal("200000"), "ok. 200 tys.", True)
    assert (item.nature, item.opens_on, item.position.number) == (Nature.SERVICES, date(2027, 4, 1), "1.3.1")
    assert item.band == Band.NATIONAL
    text = answer.content.decode()
    assert "Zapisano pozycję 1.3.1." in text
    assert "Dopisano cyfrę kontrolną: 55520000-1." in text
    assert "Brakuje trybu albo procedury (art. 23 ust. 3 pkt 3 PZP)." in text


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"subject": ""}, "Podaj przedmiot zamówienia."),
        ({"value": "100-200 tys."}, "przedział"),
        ({"value": "50 000 brutto"}, "brutto bez stawki VAT"),
        ({"opening": "V kwartał"}, "ma takiego kwartału"),
        ({"cpv": "90910000-5"}, "90910000-9"),
        ({"number": "RIN.1"}, "Numer pozycji ma postać 1.3.6."),
        ({"number": "١.٢.٣"}, "Numer pozycji ma postać 1.3.6."),
        ({"mode": "999999"}, "Wybierz tryb z listy."),
        ({"parts": "9" * 400}, "Podaj liczbę do 999."),
        ({"subject": "x" * 10_000}, "1000"),
    ],
)
def test_what_cannot_be_read_is_said_beside_the_field_and_kept(officer, draft, wrong, words):
    answer = officer.post(at("plan_item_new", draft.plan), item_form(**wrong))
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert PlanItem.objects.count() == 1


def test_a_position_is_changed_and_its_clauses_keep_their_data(officer, draft):
    item = draft.items.get()
    kind = entries_kind("art96")
    item.clauses.create(kind=kind, people=2, months=12)
    page = officer.get(at("plan_item", draft.plan, item.position_id)).content.decode()
    assert "180 000,00" in page
    assert "II kwartał 2027" in page
    answer = officer.post(
        at("plan_item", draft.plan, item.position_id), item_form(clauses=[kind.pk, entries_kind("art95").pk])
    )
    assert answer.url == f"{at('plan', draft.plan)}#p{item.position_id}"
    item.refresh_from_db()
    assert item.subject == "Catering na konferencje"
    assert sorted(item.clauses.values_list("kind__code", "people")) == [("art95", None), ("art96", 2)]


def entries_kind(code):
    from procurement.models import ClauseKind

    return ClauseKind.objects.get(code=code)


def test_publishing_shows_the_plan_and_tells_whom_it_concerns(officer, draft):
    plan = draft.plan
    address = reverse("procurement:plan_year", args=[plan.authority.slug, 2027])
    assert officer.get(address).status_code == 404
    assert officer.post(at("plan_publish", plan), {"note": ""}).status_code == 302
    item = PlanItem.objects.get()
    assert heard() == ([item.position_id], [item.position_id])
    assert item.band == Band.NATIONAL
    assert item.judged_by is not None
    assert "Sprzątanie urzędu" in Client().get(address).content.decode()


def test_a_changed_version_marks_what_changed_and_the_public_sees_it_after_publishing(officer, draft):
    plan = published(draft).plan
    officer.post(at("plan_draft", plan))
    position = PlanItem.objects.get(version=draft).position_id
    officer.post(at("plan_item", plan, position), item_form(subject="Sprzątanie urzędu", value="250 000", cpv=""))
    officer.post(at("plan_item_new", plan), item_form())
    address = reverse("procurement:plan_year", args=[plan.authority.slug, 2027])
    assert "250\xa0000" not in Client().get(address).content.decode()
    officer.post(at("plan_publish", plan), {"note": "Wyższa wartość."})
    plan.refresh_from_db()
    kinds = dict(plan.current.items.values_list("subject", "update_kind"))
    assert kinds == {"Sprzątanie urzędu": UpdateKind.CHANGED, "Catering na konferencje": UpdateKind.ADDED}
    assert plan.current.items.get(position=position).changes["value"] == [
        "180\N{NO-BREAK SPACE}000\N{NO-BREAK SPACE}zł",
        "250\N{NO-BREAK SPACE}000\N{NO-BREAK SPACE}zł",
    ]
    assert heard() == (sorted(plan.positions.values_list("pk", flat=True)),) * 2
    text = Client().get(address).content.decode()
    assert "Wyższa wartość." in text
    assert "250\N{NO-BREAK SPACE}000\N{NO-BREAK SPACE}zł" in text


def test_a_published_position_is_given_up_and_taken_up_again(officer, draft):
    plan = published(draft).plan
    officer.post(at("plan_draft", plan))
    position = plan.positions.get().pk
    officer.post(at("plan_item_drop", plan, position))
    item = PlanItem.objects.get(version__state=PlanState.DRAFT)
    assert item.update_kind == UpdateKind.DROPPED
    officer.post(at("plan_item_take_up", plan, position))
    item.refresh_from_db()
    assert item.update_kind == ""
    assert officer.post(at("plan_publish", plan), {}).status_code == 422


def test_a_position_that_nobody_has_seen_goes_with_its_number(officer, draft):
    position = draft.items.get().position_id
    officer.post(at("plan_item_drop", draft.plan, position))
    assert not PlanItem.objects.exists()
    assert not Posting.objects.filter(pk=position).exists()
    assert officer.post(at("plan_publish", draft.plan), {}).status_code == 422


def test_last_year_is_copied_a_year_later(officer, buyer, draft):
    published(draft)
    officer.post(reverse("procurement:plan_new"), {"buyer": f"a{buyer.pk}", "year": "2028", "start": "kopia"})
    item = PlanItem.objects.get(version__plan__year=2028)
    assert (item.subject, item.opens_on) == ("Sprzątanie urzędu", date(2028, 4, 1))
    assert item.position_id != draft.items.get().position_id
    again = officer.post(reverse("procurement:plan_new"), {"buyer": f"a{buyer.pk}", "year": "2028", "start": "pusty"})
    assert again.status_code == 422
    none = officer.post(reverse("procurement:plan_new"), {"buyer": f"a{buyer.pk}", "year": "2040", "start": "kopia"})
    assert "nie ma ogłoszonego planu na rok 2039" in none.content.decode()
    assert not Plan.objects.filter(year=2040).exists()


def test_a_file_is_looked_at_before_it_is_written(officer, draft):
    plan = draft.plan
    answer = officer.post(
        at("plan_file", plan), {"file": SimpleUploadedFile("plan.csv", CSV.encode()), "scope": "calosc"}
    )
    run = PlanImport.objects.get()
    assert answer.url == at("plan_import", plan, run.pk)
    text = officer.get(answer.url).content.decode()
    assert "wartość nieustalona" in text
    assert "Zapisz w szkicu" in text
    assert PlanItem.objects.get().value == Decimal("180000")
    rejected = officer.get(at("plan_rejected", plan, run.pk)).content.decode("utf-8-sig")
    assert "do ustalenia" in rejected
    assert "Powód odrzucenia" in rejected
    officer.post(answer.url, {"zapisz": "1"})
    assert PlanItem.objects.get().value == Decimal("400000")
    report = json.loads(officer.get(at("plan_report", plan, run.pk)).content)
    assert (report["rows"], report["updated"], len(report["rejected"])) == (2, 1, 1)
    assert officer.post(answer.url, {"zapisz": "1"}).status_code == 302
    run.refresh_from_db()
    assert (run.state, bool(run.file)) == ("zapisany", False)


def test_a_file_that_is_no_plan_says_so(officer, draft):
    for content, words in ((b"\x00\x01", "bajty zerowe"), (b"%PDF-1.7 abc", "")):
        upload = SimpleUploadedFile("plan.csv", content)
        answer = officer.post(at("plan_file", draft.plan), {"file": upload, "scope": "calosc"}, follow=True)
        assert answer.status_code in (200, 422)
        assert words in answer.content.decode()
        assert "Zapisz w szkicu" not in answer.content.decode()


def test_a_large_file_is_read_and_written_by_a_worker(officer, draft, at_once):
    rows = "".join(f"Usługa numer {n};usługi;{n + 1000};II kw.\n" for n in range(9_000))
    upload = SimpleUploadedFile("plan.csv", (CSV.splitlines()[0] + "\n" + rows).encode())
    answer = officer.post(at("plan_file", draft.plan), {"file": upload, "scope": "calosc"})
    run = PlanImport.objects.get()
    assert (run.state, len(run.drafts)) == ("sprawdzony", 9_000)
    officer.post(answer.url, {"zapisz": "1"})
    assert PlanItem.objects.count() == 9_000


def test_only_people_of_the_authority_or_the_unit_get_in(client, draft, buyer):
    unit = OrderingUnit.objects.create(authority=buyer, name="Szkoła")
    of_unit = PlanVersionFactory(plan=PlanFactory(authority=buyer, unit=unit, year=2027)).plan
    pages = [at("plan", draft.plan), at("plan_publish", draft.plan), at("plan_file", draft.plan)]
    client.force_login(account(Role.OFFICER, authority=buyer, ordering_unit=unit, email="szkola@example.pl"))
    assert [client.get(page).status_code for page in pages] == [404, 404, 404]
    assert client.get(at("plan", of_unit)).status_code == 200
    assert client.get(reverse("procurement:plan_list")).content.decode().count('class="row"') == 1
    client.force_login(account(Role.OFFICER, email="inny@example.pl"))
    assert client.get(at("plan", of_unit)).status_code == 404
    client.force_login(account(Role.COORDINATOR))
    assert client.get(at("plan", draft.plan)).status_code == 200


def test_what_is_unchecked_is_marked_for_staff_only(officer, draft):
    from procurement.use_cases.plans.publishing import publish

    PlanItem.objects.update(value=Decimal("2000000"))
    plan = publish(plan_id=draft.plan_id, actor=None, now=NOW).plan
    address = reverse("procurement:plan_year", args=[plan.authority.slug, 2027])
    assert "do sprawdzenia" not in officer.get(address).content.decode()
    assert "216\N{NO-BREAK SPACE}000 euro" in officer.get(address).content.decode()
    staff = Client()
    staff.force_login(account(Role.COORDINATOR))
    assert "do sprawdzenia" in staff.get(address).content.decode()


def test_the_draft_is_thrown_away_with_a_plan_that_nobody_has_seen(officer, draft):
    officer.post(at("plan_discard", draft.plan))
    assert not Plan.objects.exists()
    assert not Posting.objects.exists()


def test_a_draft_of_a_published_plan_goes_alone(officer, draft):
    plan = published(draft).plan
    officer.post(at("plan_draft", plan))
    officer.post(at("plan_item_new", plan), item_form())
    officer.post(at("plan_discard", plan))
    assert PlanVersion.objects.get().state == PlanState.PUBLISHED
    assert plan.positions.count() == 1


def test_two_versions_are_compared_in_words(officer, draft):
    plan = published(draft).plan
    assert officer.get(at("plan_differences", plan)).status_code == 404
    officer.post(at("plan_draft", plan))
    officer.post(at("plan_item_new", plan), item_form())
    text = officer.get(at("plan_differences", plan), {"od": "1", "do": "x"}).content.decode()
    assert "1 różnica" in text
    assert "Catering na konferencje" in text


@pytest.mark.parametrize("rows", [1, 30])
def test_the_table_of_a_plan_asks_as_often_whatever_its_length(officer, draft, rows, django_assert_num_queries):
    for number in range(rows - 1):
        PlanItemFactory(version=draft, subject=f"Zakup {number}", cpv=["90910000"])
    officer.get(at("plan", draft.plan))
    with django_assert_num_queries(13):
        officer.get(at("plan", draft.plan))


def test_numbers_that_no_row_has_are_not_found(officer, draft):
    huge = 10**30
    for name in ("plan_item", "plan_import", "plan_rejected", "plan_report"):
        assert officer.get(at(name, draft.plan, huge)).status_code == 404, name
    for name in ("plan_item_drop", "plan_item_take_up"):
        assert officer.post(at(name, draft.plan, huge)).status_code == 302, name
    assert officer.get(f"/panel/zamowienia/plany/{huge}/").status_code == 404


def test_a_plan_published_twice_leads_to_the_plan(officer, draft):
    for _ in range(2):
        answer = officer.post(at("plan_publish", draft.plan), {"jak": "publish"})
        assert answer.url == at("plan", draft.plan)
    assert "ostatnia wersja jest już ogłoszona" in officer.get(answer.url).content.decode()
    assert heard()[0] == [draft.items.get().position_id]
    assert officer.get(at("plan_publish", draft.plan)).status_code == 404


# On a day


@pytest.fixture
def christmas(officer, draft):
    """The draft is to be published by itself on this day."""
    with time_machine.travel(NOW, tick=False):
        answer = officer.post(
            at("plan_publish", draft.plan),
            {"jak": "schedule", "day": str(NOW.date() + timedelta(days=3)), "hour": "9:00", "note": "Nowy rok."},
        )
    assert answer.url == at("plan", draft.plan)
    draft.refresh_from_db()
    return draft.publish_at


def test_a_plan_is_published_by_itself_on_its_day_as_it_is_then(officer, draft, christmas):
    address = reverse("procurement:plan_year", args=[draft.plan.authority.slug, 2027])
    assert "ukaże się" in officer.get(at("plan", draft.plan)).content.decode()
    assert publishing.publish_due(plan_id=draft.plan_id, now=christmas - timedelta(seconds=1)) is None
    assert Client().get(address).status_code == 404
    officer.post(at("plan_item_new", draft.plan), item_form())
    assert publishing.due(now=christmas) == [draft.plan_id]
    for _ in range(2):
        publishing.publish_due(plan_id=draft.plan_id, now=christmas)
    version = Plan.objects.get().current
    assert (version.published_at, version.publish_at, version.note) == (christmas, None, "Nowy rok.")
    assert version.published_by is not None
    assert publishing.due(now=christmas) == []
    assert "Catering na konferencje" in Client().get(address).content.decode()


def test_what_was_taken_off_the_schedule_stays_a_draft(officer, draft, christmas):
    assert officer.post(at("plan_publish", draft.plan), {"jak": "unschedule"}).status_code == 302
    publish_due_plan(plan_id=draft.plan_id)
    with time_machine.travel(christmas):
        publish_due_plans()
    assert Plan.objects.get().current is None
    assert PlanVersion.objects.get().published_by is None


def test_a_draft_with_nothing_to_publish_any_more_does_not_try_forever(draft, christmas):
    draft.items.all().delete()
    assert publishing.publish_due(plan_id=draft.plan_id, now=christmas) is None
    assert publishing.due(now=christmas) == []


@pytest.mark.parametrize("day", ["", "2020-01-01", "2099-01-01", "9999-12-31", "\x00", "jutro"])
def test_a_day_that_is_over_or_none_is_refused_beside_its_field(officer, draft, day):
    answer = officer.post(at("plan_publish", draft.plan), {"jak": "schedule", "day": day, "note": "Zostanie."})
    assert answer.status_code in (400, 422)
    if answer.status_code == 422:
        text = answer.content.decode()
        assert 'id="dnia_day_error"' in text or 'aria-invalid="true"' in text
        assert "Zostanie." in text
    draft.refresh_from_db()
    assert draft.publish_at is None


def test_what_will_be_published_in_time_is_not_asked_for(officer, draft, christmas):
    Plan.objects.update(budget_on=NOW.date() - timedelta(days=24))
    assert reminding.remind_of_plans(now=NOW) == 0
    assert "Ogłoś plan" not in officer.get(reverse("panel")).content.decode()
    PlanVersion.objects.update(publish_at=NOW + timedelta(days=30))
    assert reminding.remind_of_plans(now=NOW) == 1
