"""Pages of plans, orders and figures: what has not changed is not sent again, and what has is."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.choices import Role
from procurement.models import ClauseKind, ContractingAuthority, Notice
from procurement.use_cases.notices import forgetting, results
from procurement.use_cases.plans.making import change_plan
from registry.models import Institution
from registry.use_cases import catalogue
from tests.accounts.factories import account, authority
from tests.procurement.orders import concluded, notice, plan_item, refresh
from tests.registry.factories import NOW, OrganisationFactory

pytestmark = [pytest.mark.django_db, pytest.mark.time_machine(NOW, tick=False)]
PAGES = ("plan", "plan_file", "position", "notice", "figures", "figures_of_buyer", "figures_file")


@pytest.fixture
def addresses():
    """{name: address} of one page of each kind, all of one buyer."""
    buyer = authority(name="Gmina Nowa Wieś")
    item = plan_item(version__plan__authority=buyer, version__plan__year=2027, clauses=["art96"])
    made = notice(authority=buyer, contact_name="Anna Lis", contact_email="lis@nowa.example", clauses=["art96"])
    refresh()
    plan = f"/zamowienia/plany/{buyer.slug}/2027/"
    return {
        "plan": plan,
        "plan_file": f"{plan}plan.csv",
        "position": f"/zamowienia/{item.position_id}-sprzatanie-budynku-urzedu/",
        "notice": f"/zamowienia/{made.pk}-uslugi-cateringowe-na-konferencje/",
        "figures": "/zamowienia/statystyki/?year=2026",
        "figures_of_buyer": f"/zamowienia/statystyki/{buyer.slug}/",
        "figures_file": "/zamowienia/statystyki/eksport.xlsx",
    }


def ask(client, address, etag=""):
    return client.get(address, headers={"If-None-Match": etag} if etag else {})


def conclude():
    award = concluded(Notice.objects.get(), people_planned=2)
    results.report(award_id=award.pk, reported_on=NOW.date(), people_employed=1, now=NOW)


def forget_contact():
    Notice.objects.update(ended_at=NOW - timedelta(days=4000))
    assert forgetting.forget_contacts(NOW) == 1


def renumber():
    plan = ContractingAuthority.objects.get().plans.get()
    change_plan(plan_id=plan.pk, budget_on=None, bzp_number="2027/BZP 00012345/01/P", url="", now=timezone.now())


CHANGES = {
    "a new order": lambda: (notice(authority=ContractingAuthority.objects.get()), refresh()),
    "a report of a contract": conclude,
    "a contact that is forgotten": forget_contact,
    "the number of the plan": renumber,
    "the wording of a clause": lambda: ClauseKind.objects.filter(code="art96").update(summary="Inaczej."),
    "the name of the buyer": lambda: Institution.objects.update(name="Gmina Stara Wieś"),
    "a card of the register": lambda: catalogue.refresh([OrganisationFactory(published=True).pk], now=NOW),
}


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_what_has_not_changed_is_not_sent_again_and_what_has_is(client, addresses, page, change):
    first = ask(client, addresses[page])
    assert (first.status_code, first["Cache-Control"]) == (200, "public, max-age=0, must-revalidate")
    same = ask(client, addresses[page], first["ETag"])
    assert (same.status_code, same.content) == (304, b"")
    change()
    assert ask(client, addresses[page], first["ETag"]).status_code == 200


@pytest.mark.parametrize("page", PAGES)
def test_a_new_day_makes_a_page_old(client, addresses, page, time_machine):
    first = ask(client, addresses[page])
    time_machine.move_to(NOW + timedelta(days=1), tick=False)
    assert ask(client, addresses[page], first["ETag"]).status_code == 200


def test_the_end_of_the_time_for_offers_makes_a_page_old(client, time_machine):
    made = notice(deadline_at=NOW + timedelta(minutes=30))
    refresh()
    address = f"/zamowienia/{made.pk}-uslugi-cateringowe-na-konferencje/"
    first = ask(client, address)
    assert "oferty można składać" in first.content.decode()
    time_machine.move_to(NOW + timedelta(minutes=31), tick=False)
    later = ask(client, address, first["ETag"])
    assert later.status_code == 200
    assert "termin minął" in later.content.decode().lower()


@pytest.mark.parametrize("page", PAGES)
def test_a_signed_in_person_and_a_visitor_are_never_given_the_same_copy(client, addresses, page):
    visitor = ask(client, addresses[page])
    client.force_login(account(Role.OFFICER, authority=ContractingAuthority.objects.get()))
    own = ask(client, addresses[page], visitor["ETag"])
    assert own.status_code == 200
    assert "private" in own["Cache-Control"]
    assert "Cookie" in own["Vary"]
    assert own.get("ETag") != visitor["ETag"]


def test_parts_of_an_address_are_versions_of_their_own(client, addresses):
    assert ask(client, "/zamowienia/statystyki/")["ETag"] != ask(client, addresses["figures"])["ETag"]
