"""Pages of the commission: sittings, votes and minutes, and who is let in."""

import pytest
from django.utils import timezone

from accounts.choices import Role
from quality_mark.choices import ApplicationState as A
from quality_mark.models import Ballot, Sitting, Vote
from tests.accounts.factories import account, hold
from tests.quality_mark import judging
from tests.quality_mark.judging_pages import HOSTILE, browser, status, url, voting

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk():
    return account(Role.COORDINATOR)


@pytest.fixture
def case():
    return judging.case()


@pytest.mark.parametrize("typed", HOSTILE)
def test_the_office_types_anything(case, clerk, typed):
    client = browser(clerk)
    for what in ("przydziel", "dobierz", "odsun", "kapitula", "skrot", "wyjasnienia", "uwaga", typed):
        given = {"co": what, "assessors": [typed], "due_on": typed, "osoba": typed, "ocena": typed, "text": typed}
        assert client.post(url("assigning_case", case.pk), given | {"reason": typed}).status_code in (302, 422)
    for what in ("posiedzenie", "kadencja"):
        given = {"co": what, "day": typed, "time": typed, "link": typed, "name": typed, "starts_on": typed}
        assert client.post(url("commission"), given).status_code == 422
    term, _ = judging.commission_of(clerk)
    given = {"person": typed, "as_what": typed, "osoba": typed}
    assert client.post(url("term", term.pk), given).status_code == 422
    assert client.post(url("term", term.pk), given | {"co": "koniec"}).status_code == 404
    sitting = judging.sitting_with(term, [judging.case(A.COMMISSION)], clerk)
    for what in ("dodaj", "wyzej", "zdejmij", "obecnosc"):
        given = {"co": what, "wniosek": typed, "punkt": typed, f"miejsce_{term.members.first().pk}": typed}
        assert client.post(url("sitting", sitting.pk), given).status_code == 302
    item = sitting.items.get()
    for what in ("glos", "wylaczenie", "otworz", "zamknij", "wyjasnienia"):
        given = {"co": what, "choice": typed, "reason": typed, "jak": typed}
        assert client.post(url("agenda_item", item.pk), given).status_code in (302, 422)


def test_a_member_votes_once_and_no_page_tells_how(clerk):
    case, members, vote = voting(clerk, is_secret=True)
    client, page = browser(members[1].person), url("agenda_item", vote.item_id)
    assert "Oddaj głos" in client.get(page).content.decode()
    assert client.post(page, {"co": "glos"}).status_code == 422
    assert client.post(page, {"co": "glos", "choice": "za"}).status_code == 302
    assert client.post(page, {"co": "glos", "choice": "przeciw"}).status_code == 302
    assert judging.box_of(vote)[1] == "00001 00000 00000"
    for person in (clerk, members[0].person, members[1].person):
        shown = browser(person).get(page).content.decode()
        assert "za 1" not in shown
        assert str(members[1]) in shown


def test_who_is_no_member_of_the_term_sees_and_casts_nothing(clerk):
    case, members, vote = voting(clerk, is_secret=False)
    stranger = browser(account(Role.COMMISSION, email="obca@example.pl"))
    for page in (url("agenda_item", vote.item_id), url("sitting", vote.item.sitting_id)):
        assert stranger.get(page).status_code == 404
        assert stranger.post(page, {"co": "glos", "choice": "za"}).status_code == 404
    hold(members[2].person, Role.REPRESENTATIVE, organisation=case.offer.organisation)
    own = browser(members[2].person)
    assert own.get(url("agenda_item", vote.item_id)).status_code == 404
    assert own.post(url("agenda_item", vote.item_id), {"co": "glos", "choice": "za"}).status_code == 404
    plain = browser(members[1].person)
    assert plain.post(url("sitting", vote.item.sitting_id), {"co": "podpisz"}).status_code == 404
    assert plain.post(url("agenda_item", vote.item_id), {"co": "zamknij"}).status_code == 302
    assert not Ballot.objects.exists()
    assert Vote.objects.get().closed_at is None


def test_a_sitting_is_planned_called_held_and_signed_by_pages(clerk):
    case = judging.case(A.COMMISSION)
    term, members = judging.commission_of(clerk)
    office, chair = browser(clerk), browser(members[0].person)
    day = timezone.localdate()
    planned = {"co": "posiedzenie", "day": day.isoformat(), "time": "00:01", "place": "Sala 1"}
    assert office.post(url("commission"), planned | {"place": ""}).status_code == 422
    assert office.post(url("commission"), planned).status_code == 302
    sitting = Sitting.objects.get()
    page = url("sitting", sitting.pk)
    assert chair.get(page).status_code == 404  # not called yet
    office.post(page, {"co": "dodaj", "wniosek": case.pk})
    office.post(page, {"co": "zwolaj"})
    item = url("agenda_item", sitting.items.get().pk)
    chair.post(page, {"co": "obecnosc"} | {f"miejsce_{one.pk}": one.pk for one in members[:2]})
    chair.post(item, {"co": "otworz", "jak": "jawne"})
    for one in members[:2]:
        browser(one.person).post(item, {"co": "glos", "choice": "za"})
    chair.post(item, {"co": "zamknij"})
    chair.post(page, {"co": "protokol"})
    assert status(members[1].person, url("sitting_minutes", sitting.pk)) == 404
    chair.post(page, {"co": "podpisz"})
    assert status(members[1].person, url("sitting_minutes", sitting.pk)) == 200
    sitting.refresh_from_db()
    assert (sitting.signed_by, sitting.items.get().votes.get().result) == (members[0].person, "tak")
