"""The officers' form and the public pages in a browser: for everybody, with a keyboard and on a phone."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.choices import Role
from procurement.choices import NoticeState
from procurement.models import ClauseKind
from procurement.models.postings import posting_address
from procurement.notices import steps
from tests.accounts.factories import account, authority
from tests.procurement.factories import NoticeFactory, PlanItemFactory, published

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def gmina():
    return authority(name="Gmina Mysłakowice")


@pytest.fixture
def officer(page, gmina, live_server):
    """The page with an officer of the authority signed in."""
    client = Client()
    client.force_login(account(Role.OFFICER, authority=gmina), settings.AUTHENTICATION_BACKENDS[0])
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live_server.url}])
    return page


def full(gmina, **given):
    notice = NoticeFactory(authority=gmina, deadline_at=timezone.now() + timedelta(days=5), price_weight=80, **given)
    notice.parts.create(number=1, subject="Szkoły")
    notice.clauses.create(kind=ClauseKind.objects.get(code="art96"), groups=["bezrobotni"], people=2)
    notice.documents.create(title="Opis", url="https://example.pl", added_at=timezone.now())
    notice.steps.create(
        name="correct", source="ogloszone", target="ogloszone", note="Pomyłka.", made_at=timezone.now(),
        changes={"Waga ceny": ["60%", "80%"]},
    )  # fmt: skip
    return notice


def fits(page):
    """Nothing stands out at the right side of a phone."""
    page.set_viewport_size({"width": 320, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.set_viewport_size({"width": 1280, "height": 800})


def test_every_page_of_an_officer_is_for_everybody(officer, gmina, axe):
    draft, public = full(gmina, state=NoticeState.DRAFT), full(gmina)
    award = public.awards.create(part=public.parts.get(), supplier_name="Alfa", decided_on=timezone.localdate())
    award.reports.create(reported_on=timezone.localdate(), people_employed=1)
    pages = [reverse("procurement:notice_list"), reverse("procurement:notice_new")]
    pages += [reverse("procurement:notice_step", args=[draft.pk, key]) for key in steps.STEPS if key != steps.SUMMARY]
    pages += [reverse("procurement:notice_new_clause", args=[draft.pk, "art96"])]
    for name in ("notice", "notice_publish", "notice_discard"):
        pages.append(reverse(f"procurement:{name}", args=[draft.pk]))
    for name in ("notice_withdraw", "results"):
        pages.append(reverse(f"procurement:{name}", args=[public.pk]))
    pages += [reverse("procurement:result", args=[public.pk, 1])]
    pages += [reverse("procurement:performance", args=[public.pk, award.pk])]
    pages += [reverse("procurement:notice_step", args=[public.pk, steps.VALUE])]
    pages += [posting_address(public.pk, public.subject)]
    for path in pages:
        officer.goto(path)
        axe(officer)
        fits(officer)


def test_a_position_and_what_was_withdrawn_are_for_everybody(page, gmina, axe, complaints):
    item = PlanItemFactory(cpv=["90910000"])
    published(item.version)
    page.goto(posting_address(item.position_id, item.subject))
    axe(page)
    fits(page)
    gone = NoticeFactory(state=NoticeState.WITHDRAWN, end_reason="Brak środków.", ended_at=timezone.now())
    page.goto(posting_address(gone.pk, gone.subject))
    axe(page)
    assert "410" in complaints.pop()


def test_enter_in_the_search_for_a_code_searches_and_saves_nothing(officer, gmina):
    draft = full(gmina, state=NoticeState.DRAFT)
    officer.goto(reverse("procurement:notice_step", args=[draft.pk, steps.CPV]))
    officer.fill("#q", "sprzątanie szkół")
    officer.press("#q", "Enter")
    officer.check("text=Usługi sprzątania szkół")
    assert not draft.cpv_links.exists()
    officer.click("text=Zapisz i przejdź dalej")
    officer.wait_for_url("**/klauzule/")
    assert draft.cpv_links.get().code_id == "90919300"
