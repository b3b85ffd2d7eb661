"""An invitation gives one role to one address, until it is used, withdrawn or old."""

import re
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.db import IntegrityError
from django.urls import reverse
from django.utils import timezone

from accounts.choices import Role
from accounts.models import Invitation, RoleGrant, User
from accounts.use_cases.closing import close_account
from accounts.use_cases.invitations import accept, invite, send_again, withdraw
from accounts.views.colleagues import PER_HOUR
from core.exceptions import Refused
from notifications.models import OutgoingEmail
from procurement.models import OrderingUnit
from tests.accounts.factories import account, authority
from tests.browser.doors import PASSWORD, with_password
from tests.registry.factories import OrganisationFactory

pytestmark = pytest.mark.django_db
NEWCOMER = {"full_name": "Ewa Próbna", "password1": PASSWORD, "terms": "on"}
LIST = reverse("admin:accounts_invitation_changelist")


@pytest.fixture
def administrator():
    return account(Role.ADMINISTRATOR)


def ask(actor, *, role=Role.ASSESSOR, email="ewa@example.pl", now=None, **given):
    now = now or timezone.now()
    return invite(email=email, role=role, starts_on=timezone.localdate(now), actor=actor, now=now, **given)


def link():
    body = OutgoingEmail.objects.filter(template="accounts/email/invitation").latest("pk").body
    return re.search(r"http://testserver(/konto/zaproszenie/\S+)", body)[1]


def token():
    return link().split("/")[-2]


def test_a_newcomer_makes_an_account_and_holds_the_role_at_once(client, administrator):
    ask(administrator)
    page = client.get(link()).content.decode()
    assert "Załóż konto i przyjmij rolę" in page
    answer = client.post(link(), NEWCOMER | {"email": "obca@example.pl"})
    assert answer.status_code == 302
    user = User.objects.get(email="ewa@example.pl")
    assert EmailAddress.objects.get(user=user).verified
    grant = RoleGrant.objects.get(user=user)
    assert (grant.role, grant.granted_by) == (Role.ASSESSOR, administrator)
    assert client.get("/konto/").status_code == 200
    assert client.get(link()).status_code == 404


def test_somebody_with_an_account_signs_in_first(client, administrator):
    with_password(account(email="ewa@example.pl"))
    ask(administrator)
    assert f"/konto/logowanie/?next={link()}" in client.get(link()).content.decode()
    assert client.post(link(), NEWCOMER).status_code == 200
    assert not RoleGrant.objects.filter(user__email="ewa@example.pl").exists()
    client.post("/konto/logowanie/", {"login": "ewa@example.pl", "password": PASSWORD})
    assert "Przyjmij rolę" in client.get(link()).content.decode()
    client.post(link())
    assert RoleGrant.objects.get(user__email="ewa@example.pl").role == Role.ASSESSOR


def test_somebody_else_who_is_signed_in_cannot_take_it(client, administrator):
    client.force_login(account(email="inna@example.pl"))
    ask(administrator)
    assert "Jesteś w portalu jako inna@example.pl" in client.get(link()).content.decode()
    client.post(link())
    assert not RoleGrant.objects.filter(user__email="inna@example.pl").exists()
    with pytest.raises(Refused, match="innego adresu"):
        accept(token=token(), user_id=User.objects.get(email="inna@example.pl").pk, now=timezone.now())


def test_wrong_old_and_withdrawn_links_show_one_page(client, administrator):
    old = timezone.now() - timedelta(days=15)
    ask(administrator, now=old)
    links = [link()]
    withdraw(invitation_id=ask(administrator, role=Role.DIRECTOR).pk, actor=administrator, now=timezone.now())
    links += [link(), "/konto/zaproszenie/nie-ma/"]
    pages = [client.get(one) for one in links]
    assert [page.status_code for page in pages] == [404] * 3
    assert len({re.sub(r"nonce|csrf\S+", "", page.content.decode()) for page in pages}) == 1


def test_a_fresh_link_ends_the_former_one(client, administrator):
    invitation = ask(administrator)
    first = link()
    send_again(invitation_id=invitation.pk, actor=administrator, now=timezone.now())
    assert first != link()
    assert (client.get(first).status_code, client.get(link()).status_code) == (404, 200)


def test_the_same_invitation_is_not_sent_twice_while_it_is_open(administrator):
    ask(administrator)
    with pytest.raises(Refused, match="już czeka"):
        ask(administrator, email="EWA@example.pl")
    assert OutgoingEmail.objects.count() == 1


def test_one_that_has_grown_old_makes_room(administrator):
    ask(administrator, now=timezone.now() - timedelta(days=15))
    ask(administrator)
    assert Invitation.objects.open(timezone.now()).count() == 1


def test_the_database_refuses_two_open_ones(administrator):
    row = ask(administrator)
    row.pk, row.token_hash = None, "b" * 64
    with pytest.raises(IntegrityError, match="accounts_invitation_open_once"):
        row.save(force_insert=True)


def test_only_administrators_invite_to_roles_of_staff(administrator):
    coordinator = account(Role.COORDINATOR)
    with pytest.raises(Refused):
        ask(coordinator, role=Role.DIRECTOR)
    ask(coordinator, role=Role.REPRESENTATIVE, organisation=OrganisationFactory().pk)
    with pytest.raises(Refused):
        ask(account(Role.REPRESENTATIVE), role=Role.ASSESSOR)


def test_an_inviter_who_may_not_give_the_role_any_more_gives_nothing(administrator):
    leaver = account(Role.ADMINISTRATOR, email="odchodzi@example.pl")
    ask(leaver)
    close_account(user_id=leaver.pk, actor=administrator, reason="Koniec pracy", now=timezone.now())
    newcomer = account(email="ewa@example.pl")
    with pytest.raises(Refused, match="nie może już nadać"):
        accept(token=token(), user_id=newcomer.pk, now=timezone.now())


def test_a_refused_role_leaves_no_account_behind(client, administrator):
    ask(administrator)
    Invitation.objects.update(invited_by=None)
    page = client.post(link(), NEWCOMER).content.decode()
    assert "Poproś o nowe zaproszenie" in page
    assert not User.objects.filter(email="ewa@example.pl").exists()


def test_the_link_is_nowhere_in_the_table(administrator):
    ask(administrator)
    assert token() not in str(list(Invitation.objects.values()))


def test_coordinators_invite_send_again_and_withdraw_in_the_admin(client):
    client.force_login(account(Role.COORDINATOR))
    data = {
        "email": "ewa@example.pl",
        "role": Role.REPRESENTATIVE,
        "organisation": OrganisationFactory().pk,
        "starts_on": timezone.localdate().strftime("%d.%m.%Y"),
    }
    add = reverse("admin:accounts_invitation_add")
    assert client.post(add, data | {"role": Role.DIRECTOR}).status_code == 200
    assert client.post(add, data).status_code == 302
    row = Invitation.objects.get()
    for name in ("send_again", "withdraw"):
        client.post(LIST, {"action": name, "_selected_action": [row.pk]})
    row.refresh_from_db()
    assert row.withdrawn_at
    assert OutgoingEmail.objects.filter(template="accounts/email/invitation").count() == 2
    assert "wycofane" in client.get(LIST).content.decode()


@pytest.mark.parametrize("rows", [1, 30])
def test_the_list_asks_as_much_for_one_row_as_for_thirty(client, administrator, rows, django_assert_num_queries):
    for number in range(rows):
        organisation = OrganisationFactory().pk
        ask(administrator, role=Role.REPRESENTATIVE, email=f"k{number}@example.pl", organisation=organisation)
    client.force_login(administrator)
    with django_assert_num_queries(6):
        client.get(LIST)


def test_there_is_an_end_to_inviting_in_one_hour(client):
    person = account(Role.REPRESENTATIVE, email="ola@example.pl")
    client.force_login(person)
    path = f"/panel/podmiot/{person.grants.get().organisation.slug}/osoby/"
    answers = [client.post(path, {"email": f"ktos{number}@example.pl"}).status_code for number in range(PER_HOUR + 1)]
    assert answers == [302] * PER_HOUR + [429]


def test_a_unit_of_another_authority_is_refused_before_a_letter_goes(administrator):
    unit = OrderingUnit.objects.create(authority=authority(), name="Wydział")
    with pytest.raises(Refused, match="nie należy"):
        ask(administrator, role=Role.OFFICER, authority=authority().pk, ordering_unit=unit.pk)


def test_an_invitation_is_looked_at_in_the_admin(client, administrator):
    made = ask(administrator)
    client.force_login(administrator)
    answer = client.get(reverse("admin:accounts_invitation_change", args=[made.pk]))
    assert (answer.status_code, made.email in answer.content.decode()) == (200, True)
