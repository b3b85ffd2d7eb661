"""Every list of the portal can be saved; that it finds what its page shows is asked in test_one_filter."""

import re

import pytest
from defusedxml import ElementTree
from django.conf import settings
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone

from notifications import searches
from tests.events.factories import EventFactory
from tests.procurement.orders import notice, plan_item
from tests.procurement.orders import refresh as refresh_orders
from tests.quality_mark.marks import marked
from tests.registry.factories import OfferFactory, OfferMarkFactory, OrganisationFactory, refresh

ATOM = "{http://www.w3.org/2005/Atom}"
# Pages that count what they show and are no list whose searches one may follow.
NOT_FOLLOWED = {
    "procurement/plans/list.html": "an office's own plans",
    "procurement/plans/plan.html": "one plan in the making",
    "procurement/plans/differences.html": "two versions of one plan",
    "procurement/plans/year.html": "one buyer's year: /zamowienia/?type=plan&buyer=…&year=… is followed",
    "procurement/matching/inquiry_list.html": "an office's own inquiries",
    "procurement/matching/orders_for_us.html": "told by procurement.matching as each order comes",
    "procurement/matching/shared_shortlist.html": "a list made by hand",
    "procurement/matching/shortlist_list.html": "an office's own lists",
    "procurement/matching/own_shortlist.html": "a list made by hand",
    "procurement/matching/shortlist_detail.html": "a list made by hand",
    "procurement/matching/who_can.html": "a ranking for one order; the catalogue under its filters is followed",
    "procurement/reports/report.html": "figures of a year",
    "quality_mark/supervision/agreements.html": "a queue of the office",
    "quality_mark/supervision/marks.html": "the office's view; the register is followed",
    "events/signing_up/own_list.html": "one's own sign-ups",
    "events/desk/event.html": "people of one event, for the office",
    "events/month_schedule.html": "one month; the calendar is followed",
    "components/_result_bar.html": "a component, shown on the style page",
    "registry/_result_head.html": "the part of lists that counts",
}


def test_every_page_that_counts_results_can_be_followed_or_says_why_not():
    followed = set()
    for path in (settings.BASE_DIR / "templates").rglob("*.html"):
        text, name = path.read_text(), str(path.relative_to(settings.BASE_DIR / "templates"))
        if "components/_follow.html" in text:
            followed |= set(re.findall(r'_follow.html" with search="(\w+)"', text))
        elif 'id="result-count"' in text:
            assert name in NOT_FOLLOWED, f"{name}: register a notifications.searches.Search or say why not"
    assert followed == {one.name for one in searches.all_searches()}
    assert all((settings.BASE_DIR / "templates" / name).exists() for name in NOT_FOLLOWED)


@pytest.fixture
def region(db):
    for town, county in (("Wrocław", "0264011"), ("Świdnica", "0219011")):
        card = OrganisationFactory(institution__town=town, institution__municipality_id=county, published=True)
        offer = OfferFactory(organisation=card, name=f"Catering {town}")
        OfferMarkFactory(offer=offer)
        EventFactory(title=f"Szkolenie {town}")
    refresh()
    marked(begins=timezone.localdate())
    notice(subject="Sprzątanie biur zimą")
    plan_item(subject="Catering dla urzędu")
    refresh_orders()


@pytest.mark.time_machine("2026-11-22 12:00")
def test_every_feed_has_what_atom_asks_for(client, region):
    for search in searches.all_searches():
        tree = ElementTree.fromstring(client.get(search.feed_url()).content)
        for part in (tree, *tree.iter(f"{ATOM}entry")):
            assert all(part.findtext(f"{ATOM}{name}") for name in ("id", "title", "updated"))
        ids = [one.findtext(f"{ATOM}id") for one in tree.iter(f"{ATOM}entry")]
        assert ids
        assert len(ids) == len(set(ids))
        assert tree.findtext(f"{ATOM}author/{ATOM}name")
        assert any(link.get("rel") == "self" for link in tree.findall(f"{ATOM}link"))


@pytest.mark.django_db
def test_many_searches_are_understood_for_as_many_statements_as_one(django_assert_max_num_queries):
    now = timezone.now()
    many = [f"powiat=0264&q=słowo+{number}" for number in range(40)] + [
        f"q=89900000{number:02}" for number in range(9)
    ]
    for search in searches.all_searches():
        with django_assert_max_num_queries(4):
            assert len(searches.understand(search.name, many, now=now)) == len(many)


def test_a_query_string_is_kept_in_one_writing_without_how_it_is_shown():
    search = searches.find("katalog")
    writings = (
        "powiat=0264&powiat=0219&q=++catering++&page=3&view=mapa&sort=nowe&x=1",
        "q=catering&powiat=0264&powiat=0219",
    )
    assert {searches.normalised(search, QueryDict(one)) for one in writings} == {"powiat=0264&powiat=0219&q=catering"}
    assert reverse("notifications:save_search", args=["katalog"]) == "/powiadomienia/obserwuj/katalog/"
