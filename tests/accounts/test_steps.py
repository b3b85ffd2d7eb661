"""A lost factor, leaving, a wrong address: each asks why, is told to the person and leaves a trace."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.urls import reverse
from django.utils import timezone

from accounts.choices import Role
from accounts.models import RoleGrant, TrailEntry, User
from accounts.use_cases.closing import close_account, may_readdress, may_see_off
from core.exceptions import Refused
from notifications.models import OutgoingEmail
from tests.accounts.factories import account, hold
from tests.browser.doors import PASSWORD, with_password

pytestmark = pytest.mark.django_db
REASON = "Prośba przez telefon"


@pytest.fixture
def person():
    return with_password(account(Role.REPRESENTATIVE, email="ola@example.pl"))


@pytest.fixture
def at_home(client, person):
    """The person's own browser, signed in."""
    browser = type(client)()
    browser.post("/konto/logowanie/", {"login": "ola@example.pl", "password": PASSWORD})
    return browser


def step(user, name):
    return reverse("admin:accounts_user_step", args=[user.pk, name])


def letters():
    return list(OutgoingEmail.objects.order_by("pk").values_list("to", "template"))


def last_trace():
    return TrailEntry.objects.order_by("-pk").values_list("kind", "actor__email", "subject__email", "about")[0]


def test_a_lost_factor_is_taken_off(coordinator, person, at_home):
    Authenticator.objects.create(user=person, type="totp", data={"secret": "x"})
    page = coordinator.get(reverse("admin:accounts_user_change", args=[person.pk])).content.decode()
    assert step(person, "drugi-skladnik") in page
    assert "Napisz dlaczego." in coordinator.post(step(person, "drugi-skladnik"), {"reason": ""}).content.decode()
    assert coordinator.post(step(person, "drugi-skladnik"), {"reason": REASON}).status_code == 302
    assert not Authenticator.objects.exists()
    assert letters() == [("ola@example.pl", "accounts/email/factor_taken_off")]
    assert last_trace() == ("factor_removed", "koordynator@example.pl", "ola@example.pl", REASON)
    assert at_home.get("/konto/").status_code == 302


def test_leaving_ends_roles_and_sessions_and_coming_back_brings_no_role(coordinator, person, at_home):
    coordinator.post(step(person, "wylacz"), {"reason": REASON})
    person.refresh_from_db()
    assert not person.is_active
    assert not RoleGrant.objects.valid_on(timezone.localdate()).filter(user=person).exists()
    assert at_home.get("/konto/").status_code == 302
    assert ("ola@example.pl", "accounts/email/account_closed") in letters()
    assert last_trace()[0] == "account_closed"
    assert coordinator.get(step(person, "wylacz")).status_code == 404
    coordinator.post(step(person, "wlacz"), {"reason": REASON})
    person.refresh_from_db()
    assert person.is_active
    assert last_trace()[0] == "account_opened"
    assert not RoleGrant.objects.valid_on(timezone.localdate()).filter(user=person).exists()


def test_a_corrected_address_is_told_to_both_and_has_to_be_proved(coordinator, person, at_home):
    coordinator.post(step(person, "adres"), {"address": "Nowa@example.pl", "reason": REASON})
    person.refresh_from_db()
    assert person.email == "nowa@example.pl"
    assert list(EmailAddress.objects.values_list("email", "verified")) == [("nowa@example.pl", False)]
    assert letters() == [(one, "accounts/email/address_corrected") for one in ("ola@example.pl", "nowa@example.pl")]
    assert last_trace()[0] == "email_changed"
    assert at_home.get("/konto/").status_code == 302
    answer = at_home.post("/konto/logowanie/", {"login": "nowa@example.pl", "password": PASSWORD})
    assert answer.url == "/konto/adres/list/"


def test_the_address_of_another_account_is_refused_in_words(coordinator, person):
    account(email="zajety@example.pl")
    page = coordinator.post(step(person, "adres"), {"address": "Zajety@example.pl", "reason": REASON})
    assert "Ten adres ma już inne konto." in page.content.decode()
    assert 'value="Zajety@example.pl"' in page.content.decode()


STAFF = [Role.ASSESSOR, Role.COMMISSION, Role.DIRECTOR, Role.COORDINATOR, Role.ADMINISTRATOR]


@pytest.mark.parametrize("role", STAFF)
@pytest.mark.parametrize("name", ["drugi-skladnik", "adres", "wylacz"])
def test_coordinators_see_staff_off_but_give_no_address_and_touch_no_administrator(client, role, name):
    staff = account(role, email="ktos@example.pl")
    client.force_login(account(Role.COORDINATOR))
    for_coordinators = name != "adres" and role != Role.ADMINISTRATOR
    assert client.get(step(staff, name)).status_code == (200 if for_coordinators else 404)
    page = client.get(reverse("admin:accounts_user_change", args=[staff.pk])).content.decode()
    assert (step(staff, name) in page) == for_coordinators
    client.force_login(account(Role.ADMINISTRATOR))
    assert client.get(step(staff, name)).status_code == 200


def test_a_coordinator_carries_out_that_a_director_leaves(coordinator):
    leaving = account(Role.DIRECTOR, email="dyrektor@example.pl")
    hold(leaving, Role.ASSESSOR)
    Authenticator.objects.create(user=leaving, type="totp", data={"secret": "x"})
    coordinator.post(step(leaving, "drugi-skladnik"), {"reason": REASON})
    assert last_trace() == ("factor_removed", "koordynator@example.pl", "dyrektor@example.pl", REASON)
    coordinator.post(step(leaving, "wylacz"), {"reason": REASON})
    leaving.refresh_from_db()
    assert not leaving.is_active
    assert not RoleGrant.objects.valid_on(timezone.localdate()).filter(user=leaving).exists()
    assert ("dyrektor@example.pl", "accounts/email/account_closed") in letters()
    assert last_trace() == ("account_closed", "koordynator@example.pl", "dyrektor@example.pl", REASON)


def test_nobody_takes_a_step_with_their_own_account(client):
    own = account(Role.ADMINISTRATOR)
    client.force_login(own)
    assert client.get(step(own, "wylacz")).status_code == 404
    assert step(own, "wylacz") not in client.get(reverse("admin:accounts_user_change", args=[own.pk])).content.decode()
    with pytest.raises(Refused):
        close_account(user_id=own.pk, actor=own, reason=REASON, now=timezone.now())


def test_representatives_keep_nobodys_account(client, person):
    client.force_login(account(Role.REPRESENTATIVE))
    assert client.post(step(person, "wylacz"), {"reason": REASON}).status_code == 404
    person.refresh_from_db()
    assert person.is_active


def test_what_will_be_an_account_of_staff_is_for_administrators_too(client):
    """Whoever corrects the address may set the password and wait for the first day."""
    coordinator, administrator = account(Role.COORDINATOR), account(Role.ADMINISTRATOR)
    tomorrow = timezone.localdate() + timedelta(days=1)
    later = account(email="pozniej@example.pl")
    hold(later, Role.ADMINISTRATOR, starts_on=tomorrow)
    for allowed in (may_see_off, may_readdress):
        assert (allowed(coordinator, later), allowed(administrator, later)) == (False, True)
    soon = account(email="wkrotce@example.pl")
    hold(soon, Role.ASSESSOR, starts_on=tomorrow)
    assert (may_see_off(coordinator, soon), may_readdress(coordinator, soon)) == (True, False)


def test_an_account_that_may_do_everything_stays_with_administrators_when_it_is_off(client):
    coordinator, administrator = account(Role.COORDINATOR), account(Role.ADMINISTRATOR)
    first = account(email="pierwszy@example.pl")
    User.objects.filter(pk=first.pk).update(is_superuser=True)
    close_account(user_id=first.pk, actor=administrator, reason=REASON, now=timezone.now())
    first.refresh_from_db()
    for allowed in (may_see_off, may_readdress):
        assert (allowed(coordinator, first), allowed(administrator, first)) == (False, True)
