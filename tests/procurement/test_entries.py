"""What is written for the public list, and when."""

from collections import Counter
from decimal import Decimal

import pytest

from procurement.choices import NoticeState, UpdateKind
from procurement.models import EntryBuyer, EntryCell, PostingEntry, PostingWord
from procurement.use_cases import entries
from procurement.use_cases.entries.counting import compact
from tests.procurement.factories import PlanItemFactory, PlanVersionFactory, published
from tests.procurement.orders import NOW, SOON, concluded, notice, plan_item, refresh

pytestmark = pytest.mark.django_db


def test_an_item_of_a_published_plan_has_an_entry():
    item = plan_item(clauses=["art96", "art94"], cpv=["90910000", "90919200"])
    refresh()
    entry = PostingEntry.objects.get()
    assert (entry.pk, entry.type, entry.number, entry.year) == (item.position_id, "plan", "1.3.1", 2027)
    assert (entry.value, entry.nature, entry.opens_precision) == (Decimal("180000.00"), "uslugi", "kwartal")
    assert entry.cpv_codes == ["90910000-9", "90919200-4"]
    assert {90910000, 90900000, 90000000, 90919200} <= set(entry.cpv)
    assert (entry.clauses, entry.articles) == (["art94", "art96"], ["94", "96"])


def test_a_draft_has_none():
    plan_item(publish=False)
    for state in (NoticeState.DRAFT, NoticeState.SCHEDULED):
        notice(state=state, publish_at=NOW)
    refresh()
    assert not PostingEntry.objects.exists()


def test_only_the_current_version_of_an_item_stands_in_the_list():
    first = plan_item()
    version = PlanVersionFactory(plan=first.version.plan)
    PlanItemFactory(version=version, position=first.position, subject="Mycie szkoły", update_kind=UpdateKind.CHANGED)
    refresh()
    assert PostingEntry.objects.get().subject == "Sprzątanie budynku urzędu"
    published(version)
    refresh()
    assert PostingEntry.objects.get().subject == "Mycie szkoły"


def test_what_a_plan_gives_up_leaves_the_list():
    first = plan_item()
    refresh()
    version = PlanVersionFactory(plan=first.version.plan)
    PlanItemFactory(version=version, position=first.position, update_kind=UpdateKind.DROPPED)
    published(version)
    refresh()
    assert not PostingEntry.objects.exists()


def test_a_notice_becomes_a_result():
    made = notice(deadline_at=SOON, value=Decimal("100000"))
    refresh()
    assert PostingEntry.objects.values_list("type", "value", "due_at").get() == ("ogloszenie", Decimal("100000"), SOON)
    concluded(made)
    refresh()
    entry = PostingEntry.objects.get()
    assert (entry.type, entry.value, entry.due_at) == ("wynik", Decimal("90000"), None)
    assert entry.suppliers == ["Spółdzielnia Żuraw"]


def test_a_withdrawn_notice_leaves_the_list():
    made = notice()
    refresh()
    made.state = NoticeState.WITHDRAWN
    made.save()
    refresh()
    assert not PostingEntry.objects.exists()


def test_a_value_that_is_not_to_be_shown_is_not_in_the_entry():
    notice(value=Decimal("123456.78"), value_is_public=False)
    refresh()
    assert PostingEntry.objects.get().value is None


def test_a_notice_without_a_place_lies_where_its_buyer_sits():
    notice(county_id="0208")
    notice()
    refresh()
    assert list(PostingEntry.objects.order_by("pk").values_list("county_id", flat=True)) == ["0208", "0264"]


def test_others_are_left_alone():
    one, other = plan_item(), plan_item()
    refresh()
    PostingEntry.objects.update(summary="nie ruszano")
    entries.refresh([one.position_id], now=NOW)
    kept = dict(PostingEntry.objects.values_list("pk", "summary"))
    assert kept == {one.position_id: "", other.position_id: "nie ruszano"}


def test_rebuilding_writes_everything_and_forgets_words_that_are_gone():
    PostingWord.objects.create(folded="zniknelo", display="zniknęło")
    plan_item()
    notice()
    assert entries.rebuild(now=NOW) == 2
    words = set(PostingWord.objects.values_list("display", flat=True))
    assert {"sprzątanie", "cateringowe"} <= words
    assert "zniknęło" not in words


@pytest.mark.parametrize("rows", [1, 30])
def test_refreshing_takes_the_same_number_of_queries(django_assert_num_queries, rows):
    made = [notice(clauses=["art94"], cpv=["55520000"]).pk for _ in range(rows)]
    with django_assert_num_queries(22):
        entries.refresh(made, now=NOW)


def sums():
    """{(type, nature): n} and {buyer: n}, as they are added up."""
    sorts, buyers = Counter(), Counter()
    for type_, nature, n in EntryCell.objects.values_list("type", "nature", "n"):
        sorts[type_, nature] += n
    for buyer, n in EntryBuyer.objects.values_list("buyer_id", "n"):
        buyers[buyer] += n
    return +sorts, +buyers


def rows():
    entries_now = list(PostingEntry.objects.values_list("type", "nature", "buyer_id"))
    return Counter((type_, nature) for type_, nature, _ in entries_now), Counter(buyer for *_, buyer in entries_now)


def test_the_sums_follow_every_change_of_an_entry():
    made = [notice(nature=nature, clauses=["art94"]) for nature in ("roboty", "dostawy", "roboty")]
    plan_item()
    refresh()
    assert sums() == rows()
    concluded(made[0])
    made[1].state = NoticeState.WITHDRAWN
    made[1].save()
    refresh()
    assert sums() == rows()
    PostingEntry.objects.filter(pk=made[2].pk).update(nature="uslugi")
    assert sums() == rows()
    PostingEntry.objects.filter(pk=made[2].pk).delete()
    assert sums() == rows()


def test_adding_up_for_good_changes_no_sum():
    for _ in range(3):
        notice()
    refresh()
    refresh()
    before = sums()
    assert EntryCell.objects.filter(n__lt=0).exists()
    compact()
    assert sums() == before
    assert not EntryCell.objects.filter(n__lte=0).exists()
    assert EntryBuyer.objects.count() == 3
