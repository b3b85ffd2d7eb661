"""Shortlists: a visitor's own in the session, an officer's for the file of the case."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.choices import Role
from core.exceptions import Refused
from procurement.models import OrderingUnit, Shortlist
from procurement.use_cases.matching import shortlists
from tests.accounts.factories import account, authority, hold
from tests.procurement.matching.test_who_can import cleaner
from tests.registry.factories import NOW

pytestmark = pytest.mark.django_db
ADDING, OWN = "/zamowienia/lista/dodaj/", "/zamowienia/lista/"
SEARCH = "q=sprz%C4%85tanie&powiat=0264"


@pytest.fixture
def office():
    return authority()


@pytest.fixture
def officer(office):
    return account(Role.OFFICER, authority=office)


def add(client, *cards, **more):
    return client.post(ADDING, {"organisation": [card.pk for card in cards], "szukano": SEARCH} | more)


def test_a_visitor_gets_a_cookie_only_with_the_first_entry(client):
    card = cleaner("Blask")
    assert "sessionid" not in client.get(f"/zamowienia/kto-to-zrobi/?{SEARCH}").cookies
    page = client.get(ADDING, {"organisation": card.pk, "szukano": SEARCH})
    assert "sessionid" not in page.cookies
    assert "Blask" in page.content.decode()
    assert "sessionid" not in client.get(OWN).cookies
    answer = add(client, card)
    assert answer.url == OWN
    assert "sessionid" in answer.cookies
    listed = client.get(OWN).content.decode()
    assert "Blask" in listed
    assert "„sprzątanie”; Wrocław" in listed
    assert ", godz." in listed
    assert "Na Twojej liście" in client.get(f"/zamowienia/kto-to-zrobi/?{SEARCH}").content.decode()


def test_a_visitor_names_shares_exports_and_empties_the_list(client):
    one, two = cleaner("Blask"), cleaner("Perła")
    add(client, one, two)
    client.post(OWN, {"do": "rename", "name": "Do sprzątania"})
    page = client.get(OWN)
    assert "Do sprzątania" in page.content.decode()
    link = page.context["share"]
    file = client.get("/zamowienia/lista/eksport.csv")
    lines = file.content.decode().splitlines()
    assert lines[0].startswith("nazwa,rodzaj,miejscowość")
    assert len(lines) == 3
    assert client.get("/zamowienia/lista/eksport.xlsx").content.startswith(b"PK")
    assert client.get("/zamowienia/lista/eksport.pdf").status_code == 404
    client.post(OWN, {"do": "remove", "organisation": one.pk})
    assert "Blask" not in client.get(OWN).content.decode()
    client.post(OWN, {"do": "forget"})
    assert "Lista jest pusta" in client.get(OWN).content.decode()
    client.logout()
    shared = client.get(link).content.decode()
    assert "Do sprzątania" in shared
    assert "Blask" in shared
    assert client.get(link[:-4] + "abc/").status_code == 404
    with time_machine.travel(timezone.now() + timedelta(days=366)):
        assert client.get(link).status_code == 404


def test_what_is_not_public_or_no_number_is_not_added(client):
    hidden = cleaner("Ukryta")
    type(hidden).objects.filter(pk=hidden.pk).update(published_at=None)
    answer = client.post(ADDING, {"organisation": [hidden.pk, "x", "9" * 30, "-1"], "szukano": "q=%00&cpv=%ZZ"})
    assert answer.status_code == 422
    assert "Nie zaznaczono nikogo" in answer.content.decode()
    assert client.post(OWN, {"do": "remove", "organisation": "²"}).status_code == 302
    for name in ("cpv", "powiat", "gmina"):
        answer = client.post(ADDING, {"organisation": hidden.pk, "szukano": f"q=sprz%C4%85tanie&{name}=%00"})
        assert answer.status_code == 422, name


def test_an_officer_keeps_it_for_the_authority_with_the_whole_search(client, officer, office):
    card = cleaner("Blask")
    cleaner("Perła")
    client.force_login(officer)
    page = client.get(ADDING, {"organisation": card.pk, "szukano": SEARCH})
    assert page.context["form"].initial["name"] == "sprzątanie"
    answer = add(client, card, list="new", owner=str(office.pk), name="Sprzątanie 2027")
    shortlist = Shortlist.objects.get()
    assert answer.url == f"/panel/zamowienia/listy/{shortlist.pk}/"
    assert (shortlist.authority, shortlist.unit, shortlist.created_by) == (office, None, officer)
    search = shortlist.searches.get()
    assert search.words == "„sprzątanie”; Wrocław"
    assert sorted(name for name, *_ in search.found) == ["Blask", "Perła"]
    entry = shortlist.entries.get()
    assert (entry.organisation, entry.score > 40) == (card, True)
    assert entry.why.startswith("oferta „Sprzątanie biur”")
    page = client.get(answer.url).content.decode()
    assert "Czego i kiedy szukano" in page
    assert "Znaleziono 2 podmioty" in page
    assert "Sprzątanie 2027" in client.get("/panel/zamowienia/listy/").content.decode()


def test_a_new_list_needs_a_name_and_what_was_ticked_stays(client, officer, office):
    card = cleaner("Blask")
    client.force_login(officer)
    answer = add(client, card, list="new", owner=str(office.pk), name=" ")
    assert answer.status_code == 422
    assert answer.context["form"].errors == {"name": ["Podaj nazwę nowej listy."]}
    assert f'name="organisation" value="{card.pk}"' in answer.content.decode()
    assert not Shortlist.objects.exists()


def test_a_list_of_a_unit_is_seen_by_the_unit_and_the_whole_only(client, officer, office):
    mine, other = (OrderingUnit.objects.create(authority=office, name=name) for name in ("Szkoła", "Zarząd Dróg"))
    kept = shortlists.make_shortlist(authority=office, unit=mine, name="Lista", actor=officer, now=NOW)
    address = f"/panel/zamowienia/listy/{kept.pk}/"
    expected = {}
    for email, given, status in (
        ("szkola@example.pl", {"authority": office, "ordering_unit": mine}, 200),
        ("drogi@example.pl", {"authority": office, "ordering_unit": other}, 404),
        ("inny@example.pl", {"authority": authority()}, 404),
    ):
        person = account(email=email)
        hold(person, Role.OFFICER, **given)
        client.force_login(person)
        expected[email] = (client.get(address).status_code, status)
        assert client.get(f"{address}eksport.csv").status_code == status
    assert all(found == wanted for found, wanted in expected.values()), expected


def test_a_link_reads_until_it_is_renewed(client, officer, office):
    kept = shortlists.make_shortlist(authority=office, name="Lista", actor=officer, now=NOW)
    shortlists.put_on(shortlist=kept, found=[{"organisation": cleaner("Blask").pk}], actor=officer, now=NOW)
    client.force_login(officer)
    address = f"/panel/zamowienia/listy/{kept.pk}/"
    link = client.get(address).context["share"]
    client.logout()
    assert "Blask" in client.get(link).content.decode()
    client.force_login(officer)
    client.post(address, {"do": "link"})
    client.logout()
    assert client.get(link).status_code == 404


def test_buttons_of_an_officers_list(client, officer, office):
    card = cleaner("Blask")
    kept = shortlists.make_shortlist(authority=office, name="Lista", actor=officer, now=NOW)
    shortlists.put_on(shortlist=kept, found=[{"organisation": card.pk}], actor=officer, now=NOW)
    client.force_login(officer)
    address = f"/panel/zamowienia/listy/{kept.pk}/"
    assert client.post(address, {"do": "rename", "name": ""}).status_code == 422
    client.post(address, {"do": "rename", "name": "Nowa nazwa"})
    assert Shortlist.objects.get().name == "Nowa nazwa"
    client.post(address, {"do": "remove", "organisation": card.pk})
    assert not kept.entries.exists()
    for number in ("²", "x", "-1", "9" * 40, ""):
        assert client.post(address, {"do": "remove", "organisation": number}).url == address
    assert client.post(address, {"do": "delete"}).url == "/panel/zamowienia/listy/"
    assert not Shortlist.objects.exists()


def test_nobody_else_writes_on_a_list(officer, office):
    kept = shortlists.make_shortlist(authority=office, name="Lista", actor=officer, now=NOW)
    stranger = account(email="obcy@example.pl")
    for do in (
        lambda: shortlists.put_on(shortlist=kept, found=[], actor=stranger, now=NOW),
        lambda: shortlists.rename(shortlist=kept, name="x", actor=stranger, now=NOW),
        lambda: shortlists.delete_shortlist(shortlist=kept, actor=stranger),
        lambda: shortlists.make_shortlist(authority=office, name="x", actor=stranger, now=NOW),
    ):
        with pytest.raises(Refused, match="Nie działasz w imieniu"):
            do()


def test_lists_cost_the_same_with_one_entry_and_with_thirty(client, officer, office):
    counts = []
    cards = [cleaner(f"Blask {number}") for number in range(30)]
    client.force_login(officer)
    for chosen in (cards[:1], cards):
        kept = shortlists.make_shortlist(authority=office, name="Lista", actor=officer, now=NOW)
        shortlists.put_on(shortlist=kept, found=[{"organisation": card.pk} for card in chosen], actor=officer, now=NOW)
        with CaptureQueriesContext(connection) as sent:
            page = client.get(f"/panel/zamowienia/listy/{kept.pk}/")
        assert page.content.decode().count("Usuń<span") == len(chosen)
        counts.append(len(sent))
    assert counts[0] == counts[1], counts
