"""Two who do the same thing in one moment: one of them has done it, the other one gets a page or a sentence."""

import re
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.core import mail
from django.db import connections
from django.test import Client
from django.utils import timezone

from accounts.choices import Role
from accounts.models import Invitation, RoleGrant, User
from accounts.use_cases.invitations import invite
from core.exceptions import Refused
from tests.accounts.factories import account
from tests.browser.doors import PASSWORD

pytestmark = pytest.mark.django_db(transaction=True)
NEWCOMER = {"full_name": "Ewa Próbna", "email": "ewa@example.pl", "password1": PASSWORD, "terms": "on"}


@pytest.fixture(autouse=True)
def _nobody_has_a_second_factor(settings):
    settings.STAFF_SECOND_FACTOR = "optional"


def at_once(*calls):
    start = Barrier(len(calls))

    def run(call):
        start.wait()
        try:
            return call()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))


def ask(actor):
    try:
        return invite(
            email="ewa@example.pl",
            role=Role.ASSESSOR,
            starts_on=timezone.localdate(),
            actor=actor,
            now=timezone.now(),
        )
    except Refused as refusal:
        return str(refusal)


def test_one_form_of_signing_up_sent_three_times_makes_one_account():
    answers = at_once(*[lambda: Client().post("/konto/rejestracja/", NEWCOMER).url] * 3)
    assert answers == ["/konto/adres/list/"] * 3
    assert User.objects.count() == 1


def test_one_invitation_answered_three_times_makes_one_account_with_one_role():
    ask(account(Role.ADMINISTRATOR))
    link = re.search(r"/konto/zaproszenie/\S+", mail.outbox[0].body)[0]
    answers = at_once(*[lambda: Client().post(link, NEWCOMER)] * 3)
    went = sorted(answer.headers.get("Location", "") for answer in answers)
    assert went[2] == "/panel/"
    # Who comes in the same moment is sent back to the link; a moment later the page says that the account is there
    # already, or that the link was used.
    assert all(place in {"", link} for place in went[:2])
    assert all(answer.status_code in {200, 404} for answer in answers if "Location" not in answer.headers)
    assert RoleGrant.objects.filter(user__email="ewa@example.pl").count() == 1


def test_two_who_invite_the_same_person_send_one_invitation():
    two = [account(Role.ADMINISTRATOR, email=f"{name}@example.pl") for name in ("jan", "ida")]
    answers = at_once(*[lambda actor=actor: ask(actor) for actor in two])
    assert [type(one) for one in sorted(answers, key=str)] == [str, Invitation]
    assert Invitation.objects.count() == 1
