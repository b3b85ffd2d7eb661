"""The applicant in a browser: every page by axe on a phone, a draft that keeps itself, the way without scripts."""

import pytest
from django.conf import settings
from django.urls import reverse

from core import links
from quality_mark.choices import ApplicationState as A
from quality_mark.letters import RECOMMENDATION
from quality_mark.models import Application, Intake
from registry.models import Institution, OrganisationKind
from tests.quality_mark.factories import NOW, ApplicationFactory, RulebookFactory
from tests.quality_mark.office import WAITING, applicant_of, called, checked, clerk, signed_in
from tests.registry.factories import OfferFactory, OrganisationFactory

pytestmark = pytest.mark.django_db(transaction=True)
STEPS = ("oferta", "cel", "przychody", "ankieta", "oswiadczenia")
TYPED = {
    "oferta": {"product": "Obiady", "quality": "Smak"},
    "cel": {"aim": "Praca", "results": "Pięć osób"},
    "przychody": {"year1": "2025", "total1": "1000", "own1": "500"},
}


@pytest.fixture
def offer():
    organisation = OrganisationFactory(published=True)
    OrganisationKind.objects.filter(pk=organisation.kind_id).update(may_hold_mark=True)
    Intake.objects.create(name="Nabór ciągły", opens_on="2026-01-01", announced_at=NOW)
    return OfferFactory(organisation=organisation)


@pytest.fixture
def rules():
    return RulebookFactory(least_recommendations=0)


def at(name, *args):
    return reverse(f"quality_mark:{name}", args=args)


def enter(context, live_server, person):
    cookie = signed_in(person).cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])


def test_every_page_of_applying_has_no_fault_and_fits_a_phone(page, live_server, axe, offer, rules):
    draft, ola = ApplicationFactory(offer=offer, rulebook=rules), clerk()
    # A word that is wider than the screen.
    Institution.objects.filter(pk=offer.organisation.institution_id).update(name="Spółdzielnia" * 12)
    person = applicant_of(draft)
    row = draft.recommendations.create(recommender="Szkoła", email="s@example.pl", asked_at=NOW)
    case = checked(ola, offer=OfferFactory(organisation=offer.organisation), rulebook=rules)
    called(case, ola, WAITING)
    late = ApplicationFactory(
        offer=OfferFactory(organisation=offer.organisation), rulebook=rules, state=A.COMMISSION, due_at=NOW
    )
    complete = ApplicationFactory(
        offer=OfferFactory(organisation=offer.organisation),
        rulebook=rules,
        answers=TYPED | {"oswiadczenia": {"true": "on", "rules_known": "on", "may_sign": "on"}},
    )
    mine = [
        *(at("step", draft.pk, step) for step in STEPS),
        *(at(name, draft.pk) for name in ("applicant", "recommendations", "papers", "summary", "withdrawal")),
        at("summary", complete.pk),
        *(at(name, case.pk) for name in ("application", "own_call", "own_messages")),
        at("application", late.pk),
        at("overview"),
        at("may_i", offer.pk),
        at("process"),
        at("recommend", links.token(RECOMMENDATION, row)),
    ]
    enter(page.context, live_server, person)
    page.set_viewport_size({"width": 360, "height": 800})
    for number, address in enumerate(mine):
        page.emulate_media(color_scheme="dark" if number % 2 else "light")
        assert page.goto(address).status == 200, address
        axe(page)
        wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        assert page.evaluate(wide) <= 0, address
    enter(page.context, live_server, ola)
    for address in (at("case_board"), at("case", case.pk), at("formal_check", late.pk)):
        assert page.goto(address).status == 200, address
        axe(page)


def test_a_draft_keeps_itself_and_two_pages_lose_nothing(page, live_server, complaints, offer, rules):
    draft = ApplicationFactory(offer=offer, rulebook=rules)
    enter(page.context, live_server, applicant_of(draft))
    other = page.context.new_page()
    for one in (page, other):
        one.goto(live_server.url + at("step", draft.pk, "cel"))
    page.fill("[name=aim]", "Praca dla wielu")
    page.press("[name=aim]", "Tab")
    page.wait_for_selector("text=/zapisano o \\d\\d:\\d\\d/")
    other.fill("[name=aim]", "Praca dla kilku")
    other.fill("[name=results]", "Pięć osób")
    other.press("[name=results]", "Tab")
    other.wait_for_selector("text=Twoja wersja jest w polu")
    assert "Praca dla wielu" in other.inner_text("#kept")
    assert Application.objects.get().answers["cel"]["results"] == "Pięć osób"
    # Written on and pressed at once: nobody contends with oneself.
    page.fill("[name=aim]", "Praca dla bardzo wielu")
    with page.expect_navigation():
        page.click("text=Zapisz i przejdź dalej")
    assert Application.objects.get().answers["cel"] == {
        "aim": "Praca dla bardzo wielu",
        "results": "Pięć osób",
        "groups": [],
    }
    page.goto(live_server.url + at("step", draft.pk, "cel"))
    page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    page.fill("[name=aim]", "Bez logowania")
    page.press("[name=aim]", "Tab")
    page.wait_for_selector("text=zalogować się od nowa")


def test_the_whole_way_by_keyboard_and_without_scripts(browser, live_server, offer, rules):
    context = browser.new_context(java_script_enabled=False, base_url=live_server.url, locale="pl")
    person = applicant_of(ApplicationFactory(offer=OfferFactory(organisation=offer.organisation), rulebook=rules))
    enter(context, live_server, person)
    page = context.new_page()

    def press(words):
        page.get_by_role("button", name=words, exact=True).focus()
        with page.expect_navigation():
            page.keyboard.press("Enter")

    page.goto(at("may_i", offer.pk))
    press("Zacznij wniosek")
    page.get_by_role("link", name="Dalej").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/krok/oferta/")
    for step, fields in TYPED.items():
        assert page.url.endswith(f"/krok/{step}/")
        for name, text in fields.items():
            page.focus(f"[name={name}]")
            page.keyboard.type(text)
        press("Zapisz i przejdź dalej")
    press("Zapisz i przejdź dalej")
    pk = Application.objects.latest("pk").pk
    page.goto(at("step", pk, "oswiadczenia"))
    for name in ("true", "rules_known", "may_sign"):
        page.focus(f"[name={name}]")
        page.keyboard.press("Space")
    press("Zapisz i przejdź dalej")
    page.focus("[name=declare-name]")
    page.keyboard.type("Ola Nowak")
    press("Złóż wniosek")
    assert "został złożony" in page.inner_text("main")
    assert Application.objects.get(pk=pk).state == A.SUBMITTED
    context.close()
