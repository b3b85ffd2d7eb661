"""Cards, offers, the report form, the history and the map in a real browser."""

import io
from datetime import date, timedelta
from urllib.parse import quote

import pytest
from django.conf import settings as django_settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from PIL import Image
from playwright.sync_api import expect

from accounts.models import User
from registry.models import ErrorReport
from registry.use_cases.pictures import add_picture
from tests.registry.factories import (
    NOW,
    OfferFactory,
    OfferMarkFactory,
    OrganisationFactory,
    ReferenceFactory,
    SocialEnterpriseStatusFactory,
    UnitFactory,
    WorkplaceFactory,
    refresh,
)

PHONE = {"width": 360, "height": 740}
NARROW = {"width": 320, "height": 640}
WIDE = {"width": 1280, "height": 800}
PAGES = {
    "card": "/katalog/zielony-prog/",
    "bare card": "/katalog/cis-prog/",
    "report": "/katalog/zielony-prog/zglos-blad/",
    "thanks": "/katalog/zielony-prog/zglos-blad/dziekujemy/",
    "front page": "/",
}


@pytest.fixture
def offer(transactional_db):
    """A card with everything on it; its unit has a card of its own with nothing but a name."""
    organisation = OrganisationFactory(
        slug="zielony-prog",
        institution__name="Spółdzielnia Socjalna „Zielony Próg”",
        institution__www="https://www.zielonyprog.example/bardzo/dlugi/adres/strony/z/ofertami.html",
        description="Sprzątamy biura i dbamy o zieleń.\nMamy własny sprzęt.",
        serves=["0264", "0208"],
        target_groups=["bezrobotni"],
        latitude=51.1,
        longitude=17.03,
        verified_on=date(2026, 11, 3),
        verified_by="przedstawiciel",
        published_at=NOW,
    )
    offer = OfferFactory(organisation=organisation, codes=["90919200", "90911200"], capacity="Do 4 000 m² dziennie")
    OfferMarkFactory(offer=offer, valid_until=date(2030, 1, 1))
    ReferenceFactory(organisation=organisation)
    WorkplaceFactory(organisation=organisation)
    SocialEnterpriseStatusFactory(institution=organisation.institution)
    unit = UnitFactory(operator=organisation.institution, name="Centrum Integracji Społecznej „Próg”")
    workshop = OrganisationFactory(
        unit=unit, institution=None, kind_id="cis", slug="cis-prog", activity="do-potwierdzenia", published_at=NOW
    )
    picture = io.BytesIO()
    Image.new("RGB", (900, 600), "teal").save(picture, "JPEG")
    add_picture(
        offer_id=offer.pk,
        upload=SimpleUploadedFile("okno.jpg", picture.getvalue()),
        alt="Pracownica myje okno biura",
        actor=User.objects.create_user("ania@example.pl", "x"),
        now=NOW,
    )
    refresh(organisation, workshop)
    return offer


def sign_in(page, live_server):
    """A coordinator's session, without the form."""
    user = User.objects.create_superuser("koordynator@example.pl", "x")
    client = Client()
    client.force_login(user)
    name = django_settings.SESSION_COOKIE_NAME
    page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": live_server.url}])


def scrolls_sideways(page):
    return page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [PHONE, WIDE])
def test_axe_finds_nothing_on_any_page(page, axe, offer, viewport, scheme):
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size(viewport)
    for path in (*PAGES.values(), offer.get_absolute_url()):
        page.goto(path)
        axe(page)


def test_axe_finds_nothing_on_a_faulty_form(page, axe, offer, complaints):
    page.goto(PAGES["report"])
    page.get_by_role("button", name="Wyślij zgłoszenie").click()
    page.get_by_text("Napisz, co się nie zgadza.").first.wait_for()
    axe(page)
    assert page.get_by_label("Co się nie zgadza?").get_attribute("aria-invalid") == "true"
    assert len(complaints) == 1  # the browser notes the 422 itself
    complaints.clear()


def test_axe_finds_nothing_in_the_history(page, axe, offer, live_server):
    sign_in(page, live_server)
    for viewport in (PHONE, WIDE):
        page.set_viewport_size(viewport)
        page.goto(f"/katalog/zielony-prog/historia/?dzien={timezone.localdate():%Y-%m-%d}")
        assert page.get_by_role("heading", name="Zmiany").is_visible()
        assert not scrolls_sideways(page)
        axe(page)


def test_nothing_scrolls_sideways_on_a_narrow_screen(page, offer):
    for viewport in (NARROW, PHONE):
        page.set_viewport_size(viewport)
        for path in (*PAGES.values(), offer.get_absolute_url()):
            page.goto(path)
            assert not scrolls_sideways(page), path


def test_on_a_phone_the_way_to_reach_them_stands_above_the_offers(page, offer):
    page.set_viewport_size(PHONE)
    page.goto(PAGES["card"])
    call = page.get_by_role("link", name="Zadzwoń: 71 000 00 00")
    assert call.get_attribute("href") == "tel:+48710000000"
    assert call.bounding_box()["y"] < page.get_by_role("heading", name="Oferta").bounding_box()["y"]
    page.set_viewport_size(WIDE)
    assert not call.is_visible()
    assert page.get_by_role("link", name="71 000 00 00").is_visible()


def test_picture_is_shown_and_has_words(page, offer):
    page.goto(PAGES["card"])
    picture = page.get_by_role("img", name="Pracownica myje okno biura")
    picture.scroll_into_view_if_needed()
    # A predicate as a string would be evaluated in the page, which its policy forbids when it has to be asked twice.
    expect(picture).to_have_js_property("naturalWidth", 480)


def test_card_is_complete_without_scripts(browser, live_server, offer, monkeypatch):
    monkeypatch.setattr("core.antispam.AT_LEAST", timedelta(0))  # a program fills in faster than a person
    with browser.new_context(base_url=live_server.url, java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(PAGES["card"])
        for heading in ("Oferta", "Referencje", "Gdzie i jak", "Status i uprawnienia", "Kontakt", "Dane rejestrowe"):
            assert page.get_by_role("heading", name=heading, exact=True).is_visible()
        page.goto(PAGES["report"])
        page.get_by_label("Co się nie zgadza?").fill("Telefon jest nieaktualny.")
        page.get_by_role("button", name="Wyślij zgłoszenie").click()
        assert page.get_by_role("heading", name="Dziękujemy").is_visible()
    assert ErrorReport.objects.get().message == "Telefon jest nieaktualny."


def test_reading_a_card_leaves_nothing_in_the_browser(page, offer):
    page.goto(PAGES["card"])
    page.wait_for_load_state("networkidle")
    assert page.context.cookies() == []


def test_paper_gets_the_card_without_the_furniture(page, offer):
    page.goto(PAGES["card"])
    page.emulate_media(media="print")
    assert page.get_by_role("link", name="Zgłoś błąd").all() == []
    assert not page.get_by_text("Zadzwoń:").is_visible()
    assert page.get_by_role("heading", name="Dane rejestrowe").is_visible()
    assert page.get_by_text("71 000 00 00", exact=True).is_visible()


@pytest.fixture
def many(transactional_db):
    """Thirty cards in one county: two pages of results, longer than any window."""
    cards = [
        OrganisationFactory(
            institution__name=f"Firma {number:02}", description="Sprzątanie biur. " * 8, published_at=NOW
        )
        for number in range(30)
    ]
    refresh(*cards)


def test_another_page_of_results_is_read_from_its_beginning(page, many):
    page.goto("/katalog/")
    page.get_by_role("link", name="Następna").click()
    expect(page.get_by_text("Strona 2 z 2")).to_be_attached()
    heading = page.get_by_role("heading", name="30 podmiotów")
    expect(heading).to_be_focused()
    expect(heading).to_be_in_viewport()


def test_a_choice_leaves_the_window_where_it_is(page, many):
    page.set_viewport_size({"width": 1280, "height": 600})
    page.goto("/katalog/")
    page.evaluate("scrollTo(0, 330)")
    page.get_by_role("checkbox", name="spółdzielnia socjalna").first.check()
    expect(page.locator(".chips li")).to_have_count(2)
    expect(page.locator("#announcer")).to_have_text("30 podmiotów")
    assert page.evaluate("scrollY") == 330


def test_back_brings_back_the_words_with_their_result(page, many):
    page.goto("/katalog/")
    words = page.get_by_label("Czego szukasz?")
    for typed in ("sprzątanie", "firma"):
        words.fill(typed)
        words.press("Enter")
        page.wait_for_url(f"**q={quote(typed)}")
    page.go_back()
    expect(words).to_have_value("sprzątanie")
    expect(page.locator(".rows mark").first).to_have_text("Sprzątanie")


@pytest.mark.parametrize("path", ["/katalog/", "/oferty/"])
def test_text_twice_as_large_fits_a_phone(page, many, path):
    page.set_viewport_size(PHONE)
    page.goto(path)
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert not scrolls_sideways(page)


def test_a_map_on_paper_is_not_called_a_failure(page, many):
    page.emulate_media(media="print")
    page.goto("/katalog/?view=mapa", wait_until="networkidle")
    expect(page.get_by_text("Liczby według powiatów", exact=True)).to_be_visible()
    expect(page.locator("#map-failed")).to_be_hidden()
