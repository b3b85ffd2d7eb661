"""Orders for suppliers: told once, with why, by those who represent them; what they say feeds figures only."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Event as Signal

import pytest
import time_machine
from django.db import connection
from django.template import Context, Template
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.choices import Role
from core.exceptions import Refused
from notifications.models import OutgoingEmail, Preference
from procurement.choices import NoticeState, Refusal
from procurement.matching.desk import desk
from procurement.matching.of_posting import of_posting
from procurement.matching.postings import orders_of
from procurement.models import Announcement, Clause, ClauseKind, Interest, PlanItem, SupplyFit
from procurement.tasks.matching import match_announced
from procurement.use_cases import entries
from procurement.use_cases.matching import alerts, interests
from procurement.use_cases.telling import announced
from registry.models import CatalogueEntry
from tests.accounts.factories import account, authority, hold
from tests.events.threads import PATIENCE, apart, held, until_waiting
from tests.procurement.factories import NoticeFactory, PlanFactory, PlanItemFactory, PlanVersionFactory, published
from tests.procurement.matching.test_who_can import cleaner
from tests.registry.factories import NOW

pytestmark = pytest.mark.django_db
ORDERS = "procurement/email/orders_for_us"


@pytest.fixture
def supplier():
    card = cleaner("Blask")
    person = account(email="rep@example.pl")
    hold(person, Role.REPRESENTATIVE, organisation=card)
    return person, card


def notice(subject="Sprzątanie urzędu", *, cpv=("90919200",), **values):
    return NoticeFactory(subject=subject, cpv=list(cpv), county_id="0264", **values)


def told():
    return OutgoingEmail.objects.filter(template=ORDERS)


def tell(*postings):
    announced([one.pk for one in postings], now=NOW)
    while alerts.match_announced(now=NOW):
        pass


def test_announcing_keeps_rows_and_the_task_works_them_off(supplier, at_once, monkeypatch):
    order = notice()
    announced([order.pk, order.pk], now=NOW)
    # The queue of tests is away: the row waits for the next turn.
    assert list(Announcement.objects.values_list("posting", flat=True)) in ([order.pk], [])
    match_announced()
    assert not Announcement.objects.exists()


def test_a_fitting_order_is_told_once_with_why(supplier):
    person, card = supplier
    order = notice(deadline_at=NOW + timedelta(days=5))
    tell(order)
    tell(order)
    letter = told().get()
    assert letter.to == person.email
    assert letter.user == person
    assert letter.subject == "1 pasujące zamówienie: Blask"
    assert "Sprzątanie urzędu" in letter.body
    assert "ten sam kod CPV" in letter.body
    fit = SupplyFit.objects.get()
    assert (fit.posting_id, fit.organisation) == (order.pk, card)
    assert fit.score > 50


@pytest.mark.parametrize(
    "order",
    [
        {"subject": "Budowa mostu", "cpv": ["45221100"]},
        {"state": NoticeState.DRAFT},
        {"state": NoticeState.WITHDRAWN},
        {"state": NoticeState.CONCLUDED},
        {"deadline_at": NOW - timedelta(days=1)},
    ],
)
def test_what_does_not_fit_or_is_not_open_is_told_to_nobody(supplier, order):
    tell(notice(**order))
    assert not told().exists()
    assert not SupplyFit.objects.exists()


def test_a_place_that_is_not_served_is_not_told(supplier):
    tell(NoticeFactory(subject="Sprzątanie urzędu", cpv=["90919200"], county_id="0208"))
    assert not told().exists()


def test_a_reserved_order_is_told_to_those_who_may_stand_only(supplier):
    person = account(email="ngo@example.pl")
    hold(person, Role.REPRESENTATIVE, organisation=cleaner("Fundacja", kind_id="ngo"))
    order = notice()
    Clause.objects.create(notice=order, kind=ClauseKind.objects.get(code="art94", valid_until=None))
    tell(order)
    assert list(told().values_list("to", flat=True)) == ["rep@example.pl"]


def test_a_plan_of_many_items_is_one_letter_and_the_same_fits_as_one_by_one(supplier):
    version = PlanVersionFactory(plan=PlanFactory(authority=authority()))
    subjects = ["Sprzątanie szkoły", "Budowa mostu", "Mycie okien w przychodni"] * 7
    items = [PlanItemFactory(version=version, subject=subject) for subject in subjects]
    published(version)
    postings = [item.position.posting for item in items]
    orders = orders_of([one.pk for one in postings])
    assert len(orders) == len(items)
    tell(*postings)
    fitting = {fit.posting.position.items.get().subject for fit in SupplyFit.objects.all()}
    assert fitting == {"Sprzątanie szkoły", "Mycie okien w przychodni"}
    letter = told().get()
    assert letter.subject == "14 pasujących zamówień: Blask"
    by_shelf = dict(SupplyFit.objects.values_list("posting", "score"))
    SupplyFit.objects.all().delete()
    for one in postings:
        tell(one)
    assert dict(SupplyFit.objects.values_list("posting", "score")) == by_shelf


def test_items_not_published_or_dropped_are_no_orders(supplier):
    draft = PlanItemFactory(subject="Sprzątanie urzędu")
    assert orders_of([draft.position_id]) == {}
    dropped = PlanItemFactory(subject="Sprzątanie urzędu", update_kind="rezygnacja")
    published(dropped.version)
    assert orders_of([dropped.position_id]) == {}
    assert PlanItem.objects.count() == 2


def test_an_item_is_open_until_its_plan_is_over_or_a_notice_speaks_for_it(supplier):
    version = PlanVersionFactory(plan=PlanFactory(year=2026))
    item, other = (PlanItemFactory(version=version, opens_on=None, opens_precision="") for _ in range(2))
    published(version)
    found = orders_of([item.position_id, other.position_id])
    assert [one.is_open(NOW) for one in found.values()] == [True, True]
    assert not found[item.position_id].is_open(NOW + timedelta(days=60))
    made = notice(position=item.position)
    for state, is_open in (
        (NoticeState.PUBLISHED, False), (NoticeState.CONCLUDED, False), (NoticeState.CANCELLED, True),
        (NoticeState.WITHDRAWN, True),
    ):  # fmt: skip
        type(made).objects.filter(pk=made.pk).update(state=state)
        found = orders_of([item.position_id, other.position_id])
        assert (found[item.position_id].is_open(NOW), found[other.position_id].is_open(NOW)) == (is_open, True), state


def test_the_panel_counts_what_may_still_be_answered(supplier):
    person, card = supplier
    open_one, over, gone, draft = (
        notice(deadline_at=NOW + timedelta(days=3)), notice(deadline_at=NOW - timedelta(days=1)), notice(),
        notice(state=NoticeState.DRAFT),
    )  # fmt: skip
    for one in (open_one, over, gone, draft):
        SupplyFit.objects.create(posting=one.posting, organisation=card, score=50, why="x", found_at=NOW)
    type(gone).objects.filter(pk=gone.pk).update(state=NoticeState.CONCLUDED)
    entries.refresh([one.pk for one in (open_one, over, gone, draft)], now=NOW)
    waiting, _ = desk(person, NOW)
    assert [one.label for one in waiting] == ["1 nowe zamówienie pasuje do Waszej oferty"]


def test_people_choose_how_often_or_never(supplier):
    person, _ = supplier
    Preference.objects.create(user=person, template=ORDERS, frequency="weekly")
    tell(notice())
    assert told().get().frequency == "weekly"
    Preference.objects.update(frequency="never")
    tell(notice("Mycie okien w urzędzie"))
    assert told().count() == 1
    assert SupplyFit.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_the_worker_and_the_night_at_once_tell_an_order_once(supplier):
    order = notice(published_at=timezone.now())
    Announcement.objects.create(posting=order.posting, announced_at=NOW)
    CatalogueEntry.objects.update(changed_at=timezone.now())
    go = Signal()
    worker = held(alerts.match_announced, go)
    with ThreadPoolExecutor(max_workers=2) as threads:
        first = threads.submit(apart, worker)
        assert worker.ready.wait(PATIENCE)
        # What the worker has found is not committed yet.
        second = threads.submit(apart, alerts.match_changed)
        until_waiting(1, second)
        go.set()
        assert (first.result(PATIENCE), second.result(PATIENCE)) == (1, 0)
    assert SupplyFit.objects.count() == 1
    assert told().count() == 1


def test_an_organisation_that_changes_is_matched_with_what_is_open(supplier):
    order = notice(published_at=NOW)
    card = cleaner("Nowa")
    person = account(email="nowa@example.pl")
    hold(person, Role.REPRESENTATIVE, organisation=card)
    type(card.entry).objects.filter(pk=card.pk).update(changed_at=NOW)
    alerts.match_changed(now=NOW + timedelta(hours=1))
    assert SupplyFit.objects.filter(posting=order.pk, organisation=card).exists()
    assert "nowa@example.pl" in told().values_list("to", flat=True)


def test_somebody_who_now_acts_for_an_organisation_learns_what_is_open(supplier):
    order = notice(published_at=NOW)
    card = cleaner("Dawna")
    type(card.entry).objects.update(changed_at=NOW - timedelta(days=90))
    person = account(email="nowa@example.pl")
    hold(person, Role.REPRESENTATIVE, organisation=card)
    alerts.match_changed(now=NOW + timedelta(days=2))
    assert not SupplyFit.objects.exists()
    alerts.match_changed(now=NOW + timedelta(hours=1))
    assert SupplyFit.objects.filter(posting=order.pk, organisation=card).exists()
    assert "nowa@example.pl" in told().values_list("to", flat=True)


def test_the_panel_shows_what_fits_and_what_was_said(client, supplier):
    person, card = supplier
    order = notice(deadline_at=NOW + timedelta(days=5))
    entries.refresh([order.pk], now=NOW)
    tell(order)
    client.force_login(person)
    voice = f"/panel/zamowienia/dla-nas/{card.pk}/{order.pk}/"
    with time_machine.travel(NOW + timedelta(hours=1)):
        assert "1 nowe zamówienie pasuje do Waszej oferty" in client.get("/panel/").content.decode()
        page = client.get("/panel/zamowienia/dla-nas/").content.decode()
        assert "Sprzątanie urzędu" in page
        assert "Dlaczego:" in page
        assert client.get(voice).status_code == 200
        assert client.post(voice, {"words": "x"}).status_code == 422
        assert client.post(voice, {"reason": "zly"}).status_code == 422
        assert client.post(voice, {"reason": "za-daleko", "words": "Dojazd za długi."}).status_code == 302
        assert "nie dla nas: za daleko" in client.get("/panel/zamowienia/dla-nas/").content.decode()
        assert client.post(voice, {"interested": "1"}).status_code == 302
        assert "nowe zamówienie" not in client.get("/panel/").content.decode()
    said = Interest.objects.get()
    assert (said.is_interested, said.reason) == (True, "")


def test_others_say_nothing_in_its_name(client, supplier):
    _, card = supplier
    order = notice()
    stranger = account(Role.REPRESENTATIVE, email="obcy@example.pl")
    client.force_login(stranger)
    assert client.post(f"/panel/zamowienia/dla-nas/{card.pk}/{order.pk}/", {"interested": "1"}).status_code == 404
    with pytest.raises(Refused, match="Nie działasz"):
        interests.say(posting_id=order.pk, organisation=card, is_interested=True, actor=stranger, now=NOW)


def test_figures_tell_the_officer_why_nobody_came_and_no_names(supplier):
    person, card = supplier
    order = notice()
    tell(order)
    interests.say(
        posting_id=order.pk, organisation=card, is_interested=False, reason=Refusal.TOO_SOON, words="Tydzień to mało.",
        actor=person, now=NOW,
    )  # fmt: skip
    before = of_posting(order.pk).count
    officer = account(Role.OFFICER, email="of@example.pl", authority=order.authority)
    shown = of_posting(order.pk, user=officer)
    assert (shown.voices.told, shown.voices.interested, shown.voices.refused) == (1, 0, 1)
    assert shown.voices.reasons == [("za mało czasu na ofertę albo wykonanie", 1)]
    assert shown.voices.words == ["Tydzień to mało."]
    assert shown.count == before == 1
    assert of_posting(order.pk, user=account(Role.OFFICER, email="inny@example.pl")).voices is None
    assert of_posting(order.pk).voices is None


def test_the_part_of_a_postings_page_is_drawn_for_each(rf: RequestFactory, supplier):
    person, card = supplier
    order = notice()

    def drawn(user=None):
        request = rf.get("/")
        if user:
            request.user = user
            request.COOKIES["sessionid"] = "x"
        text = (
            "{% load matching %}{% of_posting pk as matching %}{% include 'procurement/matching/_of_posting.html' %}"
        )
        return Template(text).render(Context({"request": request, "pk": order.pk, "csrf_token": "x"}))

    assert "1 podmiot z katalogu" in " ".join(drawn().replace("</a>", "").split())
    assert "/zamowienia/kto-to-zrobi/?q=Sprz%C4%85tanie+urz%C4%99du&amp;cpv=90919200&amp;powiat=0264" in drawn()
    assert "Interesuje nas" not in drawn()
    assert "Interesuje nas" in drawn(person)
    assert "Głosy wykonawców" in drawn(account(Role.OFFICER, email="of@example.pl", authority=order.authority))
    assert of_posting(notice(state=NoticeState.DRAFT).pk) is None


def test_the_panel_costs_the_same_with_one_order_and_with_thirty(client, supplier):
    person, card = supplier
    client.force_login(person)
    counts = []
    for number in (1, 29):
        tell(*[notice(f"Sprzątanie szkoły nr {one}-{number}") for one in range(number)])
        with time_machine.travel(NOW + timedelta(hours=1)), CaptureQueriesContext(connection) as sent:
            page = client.get("/panel/zamowienia/dla-nas/")
        counts.append(len(sent))
    assert 'value="30"' in page.content.decode()
    assert counts[0] == counts[1], counts
