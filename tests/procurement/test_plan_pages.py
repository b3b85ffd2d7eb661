"""What everybody sees of the plans of an authority in a year."""

import csv
import io
from datetime import date
from decimal import Decimal

import pytest
from django.core.management import call_command
from django.urls import reverse

from procurement.choices import Nature, OpeningPrecision, UpdateKind
from procurement.models import OrderingUnit, PlanItem
from procurement.use_cases.plans.drafts import start_draft
from procurement.use_cases.plans.items import drop_item
from procurement.use_cases.plans.publishing import publish
from tests.accounts.factories import authority
from tests.procurement.factories import PlanFactory, PlanItemFactory, PlanVersionFactory
from tests.registry.factories import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def buyer():
    return authority(name="Gmina Nowa Wieś")


def a_plan(buyer, year=2027, unit=None, **item):
    version = PlanVersionFactory(plan=PlanFactory(authority=buyer, year=year, unit=unit))
    PlanItemFactory(version=version, **item)
    return version


def shown(version, note=""):
    return publish(plan_id=version.plan_id, note=note, actor=None, now=NOW)


def page(client, buyer, year=2027, **asked):
    return client.get(reverse("procurement:plan_year", args=[buyer.slug, year]), asked)


def test_positions_stand_in_the_table_of_their_threshold(client, buyer):
    version = a_plan(buyer, subject="Sprzątanie", value=Decimal("180000"))
    PlanItemFactory(version=version, subject="Odbiór odpadów", value=Decimal("5000000"))
    PlanItemFactory(version=version, subject="Kwiaty", value=Decimal("9000"))
    PlanItemFactory(version=version, subject="Bez wartości", value=None)
    shown(version)
    text = page(client, buyer).content.decode()
    order = [
        "mniejszej niż progi unijne", "Sprzątanie", "równej progom unijnym", "Odbiór odpadów",
        "poniżej progu stosowania ustawy", "Kwiaty", "progu nie można ustalić", "Bez wartości",
    ]  # fmt: skip
    assert [text.index(words) for words in order] == sorted(text.index(words) for words in order)
    assert 'value="4"' in text
    for item in PlanItem.objects.all():
        assert f"/zamowienia/{item.position_id}-" in text


@pytest.mark.parametrize("year", [1, 2026, 9999, 10**30])
def test_what_nobody_has_published_is_not_found(client, buyer, year):
    a_plan(buyer, year=2026)
    assert client.get(f"/zamowienia/plany/{buyer.slug}/{year}/").status_code == 404
    assert client.get(f"/zamowienia/plany/{buyer.slug}/{year}/plan.csv").status_code == 404
    assert client.get(f"/zamowienia/plany/nie-ma/{year}/").status_code == 404


def test_units_have_plans_of_their_own_on_one_page(client, buyer):
    unit = OrderingUnit.objects.create(authority=buyer, name="Zarząd Dróg")
    shown(a_plan(buyer, subject="Sprzątanie urzędu"))
    of_unit = shown(a_plan(buyer, unit=unit, subject="Malowanie pasów")).plan
    text = page(client, buyer).content.decode()
    assert text.index("Sprzątanie urzędu") < text.index("Malowanie pasów")
    only = page(client, buyer, jednostka=of_unit.pk).content.decode()
    assert "Malowanie pasów" in only
    assert "Sprzątanie urzędu</a>" not in only
    assert "Nie ma takiej jednostki" in page(client, buyer, jednostka="x" * 5000).content.decode()


def test_a_version_tells_what_it_changed_and_what_was_given_up(client, buyer):
    version = a_plan(buyer, subject="Sprzątanie")
    kept = PlanItemFactory(version=version, subject="Catering")
    plan = shown(version).plan
    start_draft(plan_id=plan.pk, actor=None, now=NOW)
    drop_item(plan_id=plan.pk, position_id=kept.position_id, actor=None, now=NOW)
    publish(plan_id=plan.pk, note="Rezygnujemy z cateringu.", actor=None, now=NOW)
    text = page(client, buyer).content.decode()
    assert "Rezygnujemy z cateringu." in text
    assert "rezygnacja" in text
    start_draft(plan_id=plan.pk, actor=None, now=NOW)
    left = plan.versions.order_by("-number").first().items.values_list("subject", "update_kind")
    assert list(left) == [("Sprzątanie", "")]


def test_the_year_stands_beside_the_one_before_and_missing_values_are_no_zeros(client, buyer):
    shown(a_plan(buyer, year=2026, subject="Sprzątanie", value=Decimal("100000"), opens_on=date(2026, 4, 1)))
    version = a_plan(buyer, subject="Sprzątanie", value=Decimal("180000"))
    PlanItemFactory(version=version, subject="Catering", value=None)
    PlanItemFactory(version=version, subject="Komputery", nature=Nature.SUPPLIES, value=None)
    shown(version)
    answer = page(client, buyer)
    assert [(label, now, before) for label, now, before in answer.context["comparison"]] == [
        ("dostawy", {"count": 1, "value": None, "known": 0}, {"count": 0, "value": None, "known": 0}),
        (
            "usługi",
            {"count": 2, "value": Decimal("180000"), "known": 1},
            {"count": 1, "value": Decimal("100000"), "known": 1},
        ),
    ]
    assert [subject for _, subject in answer.context["new"]] == ["Catering", "Komputery"]
    assert "podano w 1 z 2" in answer.content.decode()


@pytest.mark.parametrize("extension", ["csv", "xlsx"])
def test_the_file_of_a_plan_is_read_back_without_a_change(client, buyer, tmp_path, extension):
    version = a_plan(
        buyer, subject="=Sprzątanie", value=Decimal("180000.50"), remarks="art. 95", cpv=["90910000", "90911300"]
    )
    clause = PlanItemFactory(version=version, subject="Catering", is_approximate=True, parts=3, value=Decimal("9000"))
    clause.clauses.create(kind_id=_kind("art96-inne"))
    version.items.filter(subject="=Sprzątanie").get().clauses.create(kind_id=_kind("art95"))
    PlanItemFactory(
        version=version, subject="Remont", opens_on=date(2027, 6, 1), opens_precision=OpeningPrecision.MONTH,
        nature=Nature.WORKS, value=None,
    )  # fmt: skip
    PlanItemFactory(version=version, subject="Rok", opens_on=date(2027, 1, 1), opens_precision=OpeningPrecision.YEAR)
    shown(version)
    answer = client.get(f"/zamowienia/plany/{buyer.slug}/2027/plan.{extension}")
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    path = tmp_path / f"plan.{extension}"
    path.write_bytes(content)
    call_command("import_plan", path, buyer=buyer.institution.nip, year=2027)
    run = version.plan.imports.get()
    assert (run.report["unchanged"], run.report["created"], run.report["updated"]) == (4, 0, 0), run.report
    if extension == "csv":
        rows = list(csv.reader(io.StringIO(content.decode())))
        assert rows[1][3] == "'=Sprzątanie"


def _kind(code):
    from procurement.models import ClauseKind

    return ClauseKind.objects.get(code=code).pk


def test_an_unknown_kind_of_file_is_not_found(client, buyer):
    shown(a_plan(buyer))
    assert client.get(f"/zamowienia/plany/{buyer.slug}/2027/plan.exe").status_code == 404


@pytest.mark.parametrize("rows", [1, 30])
def test_the_page_asks_as_often_whatever_its_length(client, buyer, rows, django_assert_num_queries):
    version = a_plan(buyer)
    for number in range(rows - 1):
        PlanItemFactory(
            version=version, subject=f"Zakup {number}", cpv=["90910000"], opens_on=date(2027, 1 + number % 12, 1)
        )
    plan = shown(version).plan
    start_draft(plan_id=plan.pk, actor=None, now=NOW)
    for item in PlanItem.objects.filter(version__state="szkic"):
        drop_item(plan_id=plan.pk, position_id=item.position_id, actor=None, now=NOW)
    publish(plan_id=plan.pk, actor=None, now=NOW)
    assert plan.positions.count() == rows
    with django_assert_num_queries(14):
        answer = page(client, buyer)
    assert set(PlanItem.objects.filter(version__number=2).values_list("update_kind", flat=True)) == {
        UpdateKind.DROPPED
    }
    assert answer.status_code == 200
