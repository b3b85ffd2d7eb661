"""The panel of a signed-in person, and the lists of those who act for the same organisation or authority."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.choices import Role
from accounts.models import Invitation
from accounts.permissions import POWERS, Scope
from accounts.use_cases.closing import close_account
from accounts.use_cases.roles import end_grant
from accounts.workspace import gathered
from notifications.models import OutgoingEmail
from procurement.models import OrderingUnit
from tests.accounts.factories import account, authority, hold
from tests.registry.factories import NOW, OrganisationFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def card():
    return OrganisationFactory(slug="zielony-prog", institution__name="Zielony Próg", published_at=NOW)


def page(client, address="/panel/"):
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def removal(grant):
    if grant.organisation_id:
        return f"/panel/podmiot/{grant.organisation.slug}/osoby/{grant.pk}/"
    return f"/panel/zamawiajacy/{grant.authority_id}/osoby/{grant.pk}/"


def test_a_stranger_signs_in_first(client):
    answer = client.get("/panel/")
    assert (answer.status_code, answer.url) == (302, "/konto/logowanie/?next=/panel/")


def test_a_newcomer_is_told_where_to_begin(client):
    client.force_login(account())
    text = page(client)
    for words in ("Od czego zacząć", 'href="/katalog/"', 'href="/panel/zamawiajacy/prosba/"', "Nic teraz nie czeka."):
        assert words in text


def test_each_role_is_told_with_its_object_and_its_end(client, card):
    user, today = account(Role.REPRESENTATIVE, organisation=card), timezone.localdate()
    office = authority(name="Gmina Środa")
    hold(
        user, Role.OFFICER, authority=office, ordering_unit=OrderingUnit.objects.create(authority=office, name="ZDiZ")
    )
    hold(user, Role.ASSESSOR, ends_on=today + timedelta(days=3))
    hold(user, Role.DIRECTOR, ends_on=today)
    client.force_login(user)
    text = page(client)
    for words in ("Zielony Próg", "Gmina Środa: ZDiZ", "oceniający, rola kończy się", "Dodaj drugi składnik"):
        assert words in text
    assert "dyrektor" not in text
    assert "Panel koordynatora" not in text


def test_a_coordinator_sees_what_waits_in_the_office(client, card, settings):
    from registry.use_cases.reports import report_error

    report_error(organisation_id=card.pk, message="Zły telefon.", now=NOW)
    client.force_login(account(Role.COORDINATOR))
    text = page(client)
    assert "Zgłoszenia błędów: 1" in text
    assert "Importy" not in text


@pytest.mark.parametrize("rows", [1, 30])
def test_the_panel_asks_the_same_number_of_queries(client, rows, django_assert_num_queries):
    user = account()
    for _ in range(rows):
        hold(user, Role.REPRESENTATIVE, organisation=OrganisationFactory(published_at=NOW))
        hold(user, Role.OFFICER, authority=authority())
    client.force_login(user)
    with django_assert_num_queries(28):
        page(client)


def test_colleagues_see_each_other_and_strangers_see_nothing(client, card):
    anna = account(Role.REPRESENTATIVE, organisation=card, email="anna@example.pl")
    hold(account(email="jan@example.pl"), Role.REPRESENTATIVE, organisation=card)
    address = "/panel/podmiot/zielony-prog/osoby/"
    for stranger in (account(), account(Role.REPRESENTATIVE), account(Role.DIRECTOR)):
        client.force_login(stranger)
        assert client.get(address).status_code == 404
        assert client.get(removal(anna.grants.get())).status_code == 404
    client.force_login(anna)
    text = page(client, address)
    assert ("jan@example.pl" in text, "anna@example.pl (to Ty)" in text) == (True, True)


def test_a_colleague_is_removed_with_a_reason(client, card):
    anna = account(Role.REPRESENTATIVE, organisation=card, email="anna@example.pl")
    jan = hold(account(email="jan@example.pl"), Role.REPRESENTATIVE, organisation=card)
    client.force_login(anna)
    assert client.post(removal(jan), {"reason": ""}).status_code == 422
    answer = client.post(removal(jan), {"reason": "Odszedł z pracy."})
    assert (answer.status_code, answer.url) == (302, "/panel/podmiot/zielony-prog/osoby/")
    jan.refresh_from_db()
    assert jan.ends_on == timezone.localdate()
    assert [letter.to for letter in OutgoingEmail.objects.all()] == ["jan@example.pl"]


def test_the_last_one_is_asked_twice_and_coordinators_are_told(client, card):
    anna = account(Role.REPRESENTATIVE, organisation=card, email="anna@example.pl")
    account(Role.COORDINATOR)
    grant = anna.grants.get()
    client.force_login(anna)
    first = client.post(removal(grant), {"reason": "Kończę pracę."})
    grant.refresh_from_db()
    assert (first.status_code, grant.ends_on) == (200, None)
    assert "To ostatnia osoba na tej liście." in first.content.decode()
    assert "Kończę pracę." in first.content.decode()
    assert client.post(removal(grant), {"reason": "Kończę pracę.", "last": "1"}).status_code == 422
    last = client.post(removal(grant), {"reason": "Kończę pracę.", "last": "1", "knows_it_is_last": "on"})
    assert (last.status_code, last.url) == (302, "/panel/")
    told = OutgoingEmail.objects.filter(template="accounts/email/nobody_left").values_list("to", flat=True)
    assert list(told) == ["koordynator@example.pl"]


def test_one_who_is_left_with_an_account_that_is_off_is_the_last(client, card):
    anna = account(Role.REPRESENTATIVE, organisation=card, email="anna@example.pl")
    off = hold(account(email="jan@example.pl"), Role.REPRESENTATIVE, organisation=card).user
    off.is_active = False
    off.save()
    client.force_login(anna)
    assert "To ostatnia osoba" in client.post(removal(anna.grants.get()), {"reason": "Koniec."}).content.decode()


def test_an_officer_of_a_unit_sees_the_unit_only(client):
    office = authority()
    roads, parks = (OrderingUnit.objects.create(authority=office, name=name) for name in ("drogi", "zieleń"))
    of_roads = account(Role.OFFICER, authority=office, ordering_unit=roads, email="drogi@example.pl")
    of_parks = hold(account(email="zielen@example.pl"), Role.OFFICER, authority=office, ordering_unit=parks)
    of_all = hold(account(email="urzad@example.pl"), Role.OFFICER, authority=office)
    address = f"/panel/zamawiajacy/{office.pk}/osoby/"
    client.force_login(of_roads)
    text = page(client, address)
    assert [name in text for name in ("drogi@example.pl", "zielen@example.pl", "urzad@example.pl")] == [
        True,
        False,
        False,
    ]
    for foreign in (of_parks, of_all):
        assert client.get(removal(foreign)).status_code == 404
    client.force_login(of_all.user)
    text = page(client, address)
    assert [name in text for name in ("drogi@example.pl", "zielen@example.pl", "urzad@example.pl")] == [True] * 3


def test_a_colleague_is_invited_from_the_list(client, card):
    client.force_login(account(Role.REPRESENTATIVE, organisation=card, email="anna@example.pl"))
    address = "/panel/podmiot/zielony-prog/osoby/"
    assert client.post(address, {"email": "anna@example.pl"}).status_code == 422
    assert client.post(address, {"email": "jan@example.pl"}).url == address
    invitation = Invitation.objects.get()
    assert (invitation.email, invitation.role, invitation.organisation) == ("jan@example.pl", "przedstawiciel", card)
    assert "jan@example.pl" in page(client, address)
    again = client.post(address, {"email": "jan@example.pl"})
    assert "Takie zaproszenie już czeka" in again.content.decode()


def test_an_officer_of_a_unit_invites_to_the_unit_only(client):
    office = authority()
    roads, parks = (OrderingUnit.objects.create(authority=office, name=name) for name in ("drogi", "zieleń"))
    client.force_login(account(Role.OFFICER, authority=office, ordering_unit=roads))
    address = f"/panel/zamawiajacy/{office.pk}/osoby/"
    for unit in ("", parks.pk):
        assert client.post(address, {"email": "jan@example.pl", "unit": unit}).status_code == 422
    assert client.post(address, {"email": "jan@example.pl", "unit": roads.pk}).status_code == 302
    assert [one.ordering_unit for one in Invitation.objects.all()] == [roads]


@pytest.mark.parametrize("how", ["ended by a coordinator", "account closed", "over by itself"])
def test_coordinators_learn_of_those_who_lost_their_last_person(client, card, how):
    administrator = account(Role.ADMINISTRATOR)
    anna = account(Role.REPRESENTATIVE, organisation=card, email="anna@example.pl")
    coordinator = account(Role.COORDINATOR)
    client.force_login(coordinator)
    assert "nikt już nie działa" not in page(client)

    if how == "ended by a coordinator":
        end_grant(grant_id=anna.grants.get().pk, actor=administrator, reason="Zmiana.", now=timezone.now())
    elif how == "account closed":
        close_account(user_id=anna.pk, actor=administrator, reason="Zmiana.", now=timezone.now())
    else:
        anna.grants.update(ends_on=timezone.localdate())

    assert "Podmioty i zamawiający, w których imieniu nikt już nie działa: 1" in page(client)
    listed = client.get("/admin/accounts/rolegrant/", {"waznosc": "nikt"}).context["cl"].result_list
    assert [one.user for one in listed] == [anna]
    told = OutgoingEmail.objects.filter(template="accounts/email/nobody_left").values_list("to", flat=True)
    assert list(told) == ([] if how == "over by itself" else ["koordynator@example.pl"])

    hold(account(email="jan@example.pl"), Role.REPRESENTATIVE, organisation=card)
    assert "nikt już nie działa" not in page(client)


def test_whoever_resigns_is_spoken_to_as_that_person(client, card):
    anna = account(Role.REPRESENTATIVE, organisation=card, email="anna@example.pl")
    hold(account(email="jan@example.pl"), Role.REPRESENTATIVE, organisation=card)
    client.force_login(anna)
    assert "Te słowa dostaniesz w liście" in page(client, removal(anna.grants.get()))
    answer = client.post(removal(anna.grants.get()), {"reason": "Kończę pracę."}, follow=True)
    assert "Twoja rola jest zakończona." in answer.content.decode()


@pytest.mark.parametrize("role", [role for role in Role if POWERS[role].scope is Scope.REGION])
def test_no_role_of_the_region_is_told_of_a_place_without_a_way_to_it(client, role):
    user = account(role)
    _, places = gathered(user, timezone.now())
    assert places
    assert all(place.links for place in places)
