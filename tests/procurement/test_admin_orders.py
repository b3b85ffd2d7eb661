"""Plans and notices in the panel of coordinators: found quickly, changed by nobody."""

import pytest
from django.urls import reverse

from procurement.choices import NoticeState
from procurement.models import OrderingUnit
from tests.accounts.factories import authority
from tests.procurement.factories import NoticeFactory, PlanFactory, PlanItemFactory, PlanVersionFactory, published
from tests.procurement.test_figures import award, clause

pytestmark = pytest.mark.django_db
NOTICES, PLANS = "/admin/procurement/notice/", "/admin/procurement/plan/"


def found(client, address, **query):
    answer = client.get(address, query)
    assert answer.status_code == 200
    return list(answer.context["cl"].result_list)


@pytest.fixture
def notice():
    town = authority(name="Miasto Brzeg", nip="8971234561", county_id="0219", municipality_id="0219011")
    notice = NoticeFactory(authority=town, subject="Sprzątanie szkoły", bzp_number="2026/BZP 00012345/01")
    clause(notice, "art96", people=1)
    award(notice)
    return notice


@pytest.mark.parametrize(
    "query",
    [
        {"q": "sprzatanie"},
        {"q": "brzeg szkoly"},
        {"q": "897-123-45-61"},
        {"q": "00012345"},
        {"stan": "ogloszone"},
        {"powiat": "0219"},
        {"klauzula": "art96"},
    ],
)
def test_a_notice_is_found_by_words_numbers_and_filters(coordinator, notice, query):
    NoticeFactory(
        subject="Obiady",
        state=NoticeState.DRAFT,
        authority=authority(name="Inna gmina", county_id="0201", municipality_id=None),
    )
    assert found(coordinator, NOTICES, **query) == [notice]


@pytest.mark.parametrize(
    "query", [{"stan": "nie-ma"}, {"powiat": "x"}, {"klauzula": "art22"}, {"q": "nie ma takiego"}]
)
def test_what_nobody_offers_finds_nothing(coordinator, notice, query):
    assert found(coordinator, NOTICES, **query) == []


def test_a_notice_is_shown_with_what_hangs_on_it_and_changed_by_nobody(coordinator, notice):
    address = reverse("admin:procurement_notice_change", args=[notice.pk])
    page = coordinator.get(address).content.decode()
    assert "Sprzątanie szkoły" in page
    assert "art. 96" in page
    assert "Przykład" in page
    assert 'name="subject"' not in page
    assert coordinator.post(address, {"subject": "x"}).status_code in (403, 404)
    assert coordinator.get(f"{NOTICES}add/").status_code == 404


def test_a_plan_is_found_by_its_buyer_and_says_how_it_stands(coordinator):
    town = authority(name="Miasto Brzeg", nip="8971234561")
    unit = OrderingUnit.objects.create(authority=town, name="Szkoła nr 1")
    shown = published(PlanItemFactory(version__plan__authority=town, version__plan__unit=unit).version).plan
    PlanVersionFactory(plan=shown, number=2)
    draft = PlanVersionFactory(plan=PlanFactory(authority=authority(name="Inna"), year=2026)).plan
    assert found(coordinator, PLANS, q="szkola") == found(coordinator, PLANS, q="8971234561") == [shown]
    assert found(coordinator, PLANS, rok="2026") == found(coordinator, PLANS, ogloszenie="nie") == [draft]
    page = coordinator.get(PLANS).content.decode()
    assert "szkic zmiany" in page
    assert coordinator.get(reverse("admin:procurement_plan_change", args=[shown.pk])).status_code == 200


@pytest.mark.parametrize("rows", [1, 30])
def test_lists_ask_the_same_for_one_row_and_for_many(coordinator, rows, django_assert_num_queries):
    for _ in range(rows):
        clause(NoticeFactory(), "art96")
        published(PlanItemFactory().version)
    coordinator.get(NOTICES)
    with django_assert_num_queries(7):
        coordinator.get(NOTICES)
    with django_assert_num_queries(6):
        coordinator.get(PLANS)
