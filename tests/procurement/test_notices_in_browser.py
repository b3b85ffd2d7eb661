"""The officers' form and the public pages in a browser: for everybody, with a keyboard and on a phone."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from accounts.choices import Role
from procurement.choices import NoticeState
from procurement.models import ClauseKind, Notice
from procurement.models.postings import posting_address
from procurement.notices import steps
from tests.accounts.factories import account, authority
from tests.procurement.factories import NoticeFactory, PlanItemFactory, published
from tests.procurement.in_browser import fits, focused, follow, reach, signed_in

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def gmina():
    return authority(name="Gmina Mysłakowice")


@pytest.fixture
def officer(page, gmina, live_server):
    """The page with an officer of the authority signed in."""
    return signed_in(page, account(Role.OFFICER, authority=gmina), live_server)


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


def test_a_notice_is_written_and_published_with_a_keyboard_alone_on_a_phone(officer, gmina, complaints):
    officer.set_viewport_size({"width": 360, "height": 740})
    keys = officer.keyboard
    officer.goto(reverse("procurement:notice_new"))
    reach(officer, "Co zamawiasz")
    keys.type("Obiady dla przedszkola")
    follow(officer, "Zacznij szkic")
    follow(officer, "Zapisz i przejdź dalej")
    reach(officer, "Wartość szacunkowa", tag="INPUT")
    keys.type("sto tysięcy")
    follow(officer, "Zapisz i przejdź dalej")
    # What is wrong has the focus, and leads to its field with what was typed.
    assert "Wartość szacunkowa" in focused(officer)
    assert "422" in complaints.pop()
    reach(officer, "Wartość szacunkowa", tag="A")
    keys.press("Enter")
    keys.press("ControlOrMeta+A")
    expect(officer.get_by_text("Bez wartości nie wiadomo")).to_be_visible()
    keys.type("100 000")
    # Remarks follow what is typed; one stays where one types.
    expect(officer.get_by_text("Bez wartości nie wiadomo")).to_have_count(0)
    assert "Wartość szacunkowa" in focused(officer)
    assert Notice.objects.get().value is None
    follow(officer, "Zapisz i przejdź dalej")
    reach(officer, "Szukaj kodu", tag="INPUT")
    keys.type("posiłki do szkół")
    with officer.expect_navigation():
        keys.press("Enter")
    assert "posiłki do szkół" in focused(officer)
    reach(officer, "Usługi w zakresie posiłków szkolnych", tag="INPUT")
    keys.press("Space")
    reach(officer, "Części zamówienia", tag="SUMMARY")
    keys.press("Enter")
    reach(officer, "Czego dotyczy", tag="INPUT")
    follow(officer, "Zapisz i przejdź dalej")
    follow(officer, "zatrudnienie osób z grup", tag="A")
    reach(officer, "osoby bezrobotne", tag="INPUT")
    keys.press("Space")
    follow(officer, "Zapisz klauzulę")
    officer.goto(officer.url.replace("krok/klauzule/", "ogloszenie/"))
    follow(officer, "Ogłoś teraz")
    notice = Notice.objects.get()
    assert (notice.state, notice.value) == (NoticeState.PUBLISHED, Decimal(100_000))
    assert notice.cpv_links.get().code_id == "55523100"
    assert notice.clauses.get().groups == ["bezrobotni"]
