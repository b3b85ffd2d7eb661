"""Who answers questions about an order: held for a time, erased when asked."""

from datetime import timedelta

import pytest
from django.apps import apps

from procurement.choices import NoticeState
from procurement.use_cases.notices import forgetting, publishing
from tests.accounts.factories import account
from tests.procurement.factories import NoticeFactory
from tests.registry.factories import NOW

pytestmark = pytest.mark.django_db
CONTACT = {"contact_name": "Jan Kowalski", "contact_email": "jan@example.pl", "contact_phone": "713456789"}


def contact(row):
    return row.contact_name, row.contact_email, row.contact_phone


def history(notice):
    return apps.get_model("procurement", "NoticeEvent").objects.filter(pgh_obj=notice.pk)


@pytest.fixture
def jan():
    return account(email="jan@example.pl")


def test_what_is_held_on_a_person_is_told(jan):
    NoticeFactory(subject="Obiady", **CONTACT)
    NoticeFactory(subject="Obce")
    [held] = forgetting.notices_of(jan)
    assert (held["ogłoszenie"], held["osoba do kontaktu"]) == ("Obiady", "Jan Kowalski")


def test_erasing_leaves_the_notice_and_nobody_on_it_or_in_its_history(jan):
    notice = NoticeFactory(state=NoticeState.DRAFT, created_by=jan, **CONTACT | {"contact_email": "JAN@example.pl"})
    others = NoticeFactory(contact_name="Anna", contact_email="anna@example.pl")
    publishing.publish(notice_id=notice.pk, actor=jan, now=NOW)
    forgetting.erase_notices_of(jan, NOW)
    notice.refresh_from_db()
    others.refresh_from_db()
    assert (contact(notice), notice.created_by, notice.state) == (("", "", ""), None, NoticeState.PUBLISHED)
    assert {(*contact(row), row.created_by_id) for row in history(notice)} == {("", "", "", None)}
    assert [step.made_by for step in notice.steps.all()] == [None]
    assert others.contact_name == "Anna"


@pytest.mark.parametrize("days", [730, 731])
@pytest.mark.parametrize("ended", [True, False])
def test_a_contact_goes_after_its_time_and_not_before(days, ended):
    long_ago = NOW - timedelta(days=days)
    given = {"ended_at": long_ago} if ended else {"deadline_at": long_ago, "changed_at": long_ago}
    notice = NoticeFactory(**CONTACT | given)
    forgotten = forgetting.forget_contacts(NOW)
    notice.refresh_from_db()
    assert forgotten == (1 if days > 730 else 0)
    assert contact(notice) == (("", "", "") if days > 730 else tuple(CONTACT.values()))
    if forgotten:
        assert {contact(row) for row in history(notice)} == {("", "", "")}
    assert forgetting.forget_contacts(NOW) == 0


def test_an_old_notice_with_time_for_offers_keeps_its_contact():
    notice = NoticeFactory(**CONTACT, changed_at=NOW - timedelta(days=900), deadline_at=NOW)
    assert forgetting.forget_contacts(NOW) == 0
    notice.refresh_from_db()
    assert notice.contact_name == "Jan Kowalski"
