"""The coordinators' panel in a real browser: axe on its main pages, one import by keyboard alone."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from accounts.permissions import Role
from registry.admin.base import RegisterAdmin
from registry.models import CatalogueEntry, DuplicateCase, ErrorReport, ImportRun
from tests.accounts.factories import account
from tests.browser.doors import sign_in
from tests.registry.factories import OfferFactory, OrganisationFactory

pytestmark = pytest.mark.django_db(transaction=True)
PAPER = "getComputedStyle(document.body).backgroundColor"
SCHEMES = {"light": "rgb(250, 246, 238)", "dark": "rgb(27, 33, 37)"}
REGISTER = "Nazwa;Rodzaj;NIP;Miejscowość\nSpółdzielnia Żuraw;spółdzielnia socjalna;000-000-00-17;Wrocław\n"


@pytest.fixture
def panel(page):
    """A page on which a coordinator has signed in."""
    sign_in(page, account(Role.COORDINATOR))
    page.goto(reverse("admin:index"))
    page.get_by_role("heading", name="Co czeka").wait_for()
    return page


@pytest.fixture
def addresses(monkeypatch):
    """Pages of the panel; lists of few rows, because axe looks at each of them anew."""
    monkeypatch.setattr(RegisterAdmin, "list_per_page", 5)
    card = OrganisationFactory(published=True)
    offer = OfferFactory(organisation=card, confirmed_at=None)
    for _ in range(6):  # two pages of the list
        OrganisationFactory()
    report = ErrorReport.objects.create(organisation=card, message="Zły telefon")
    case = DuplicateCase.objects.create(organisation=card, other=OrganisationFactory(), why="nazwa")
    lists = "organisation institution unit offer errorreport importrun organisationkind cpvcode dictionaryload".split()
    return [
        reverse("admin:index"),
        *(reverse(f"admin:registry_{model}_changelist") for model in lists),
        f"{reverse('admin:registry_organisation_changelist')}?o=1",
        reverse("admin:registry_organisation_change", args=[card.pk]),
        reverse("admin:registry_organisation_add"),
        reverse("admin:registry_institution_change", args=[card.institution_id]),
        reverse("admin:registry_offer_change", args=[offer.pk]),
        reverse("admin:registry_errorreport_change", args=[report.pk]),
        reverse("admin:registry_duplicatecase_change", args=[case.pk]),
        reverse("admin:registry_importrun_add"),
    ]


def test_main_pages_have_no_fault_that_axe_can_find(panel, addresses, axe):
    for address in addresses:
        panel.emulate_media(color_scheme="light")
        panel.goto(address)
        expect(panel.locator("body")).to_have_css("background-color", SCHEMES["light"])
        axe(panel)
        panel.emulate_media(color_scheme="dark")
        panel.reload()  # the library asks for the colours when a page is opened
        expect(panel.locator("body")).to_have_css("background-color", SCHEMES["dark"])
        axe(panel, colours_only=True)


def test_a_person_may_choose_against_the_system(panel):
    panel.emulate_media(color_scheme="light")
    assert panel.evaluate(PAPER) == SCHEMES["light"]
    panel.get_by_role("button", name="koordynator@example.pl").press("Enter")
    panel.get_by_role("button", name="Ciemny").press("Enter")
    assert panel.evaluate(PAPER) == SCHEMES["dark"]
    panel.goto(reverse("admin:registry_organisation_changelist"))
    expect(panel.locator("body")).to_have_css("background-color", SCHEMES["dark"])


@pytest.mark.parametrize("scheme", SCHEMES)
def test_every_tab_of_a_card_opens_by_keyboard_and_has_no_fault(panel, axe, scheme):
    def look():
        axe(panel, colours_only=scheme == "dark")

    panel.emulate_media(color_scheme=scheme)
    card = OrganisationFactory(published=True)
    panel.goto(reverse("admin:registry_organisation_change", args=[card.pk]))
    for tab in ["Oferty", "Status PS", "Jednostki", "Referencje", "Miejsca", "PKD", "Zgłoszenia"]:
        panel.locator("#tabs-items").get_by_text(tab, exact=True).focus()
        panel.keyboard.press("Enter")
        look()
    panel.locator("#tabs-items").get_by_text("Dane", exact=True).press("Enter")
    for tab in ["Karta", "Źródło i potwierdzenie", "Historia"]:
        panel.get_by_role("button", name=tab, exact=True).press("Enter")
        look()
    assert panel.get_by_role("link", name="Co było prawdą którego dnia").is_visible()


FOCUSED = """() => {
    const focused = document.activeElement;
    const pressed = ["A", "BUTTON", "INPUT", "SELECT"].includes(focused.tagName);
    return pressed ? `${focused.innerText} ${focused.name}` : "";
}"""


def press_until(page, text, *, limit=90):
    """Tab through the page until the focused element says `text`."""
    page.wait_for_load_state("networkidle")
    for _ in range(limit):
        page.keyboard.press("Tab")
        if text in page.evaluate(FOCUSED):
            return
    raise AssertionError(f"Tab never reached {text!r}")


def test_a_file_goes_into_the_register_by_keyboard_alone(panel, axe, tmp_path):
    file = tmp_path / "rejestr.csv"
    file.write_text(REGISTER, "utf-8")
    press_until(panel, "Nowy import")
    panel.keyboard.press("Enter")
    panel.wait_for_url("**/importrun/add/")
    press_until(panel, "file")
    # The dialog of the operating system is not a page; everything around it is.
    panel.locator("[name=file]").set_input_files(file)
    press_until(panel, "new_source")
    panel.keyboard.type("Wykaz urzędu")
    press_until(panel, "Wczytaj i sprawdź")
    panel.keyboard.press("Enter")
    panel.wait_for_url("**/change/")
    for scheme in SCHEMES:
        panel.emulate_media(color_scheme=scheme)
        panel.reload()
        axe(panel)
    press_until(panel, "Zapisz w rejestrze")
    panel.keyboard.press("Enter")
    panel.get_by_text("Stan: zapisany").wait_for()
    axe(panel)
    assert list(CatalogueEntry.objects.values_list("name", flat=True)) == ["Spółdzielnia Żuraw"]
    assert ImportRun.objects.get().started_by.email == "koordynator@example.pl"


def test_the_panel_fits_the_screen(panel, addresses):
    for address in addresses:
        panel.goto(address)
        for width in (1280, 360, 320):
            panel.set_viewport_size({"width": width, "height": 800})
            assert panel.evaluate("document.scrollingElement.scrollWidth") <= width, address


def test_the_panel_shows_its_pages_without_scripts(panel, browser, live_server):
    cookies = panel.context.cookies()
    card = OrganisationFactory(institution__name="Spółdzielnia Żuraw", published=True)
    with browser.new_context(base_url=live_server.url, java_script_enabled=False) as context:
        context.add_cookies(cookies)
        plain = context.new_page()
        plain.goto(reverse("admin:registry_organisation_changelist"))
        assert plain.get_by_role("link", name="Spółdzielnia Żuraw").is_visible()
        plain.goto(reverse("admin:registry_organisation_change", args=[card.pk]))
        assert plain.locator("[name=party_name]").is_visible()
        assert plain.locator("[name=description]").is_visible()


def test_an_empty_choice_of_an_organisation_has_its_name(panel, axe):
    panel.goto(reverse("admin:accounts_invitation_add"))
    panel.get_by_role("combobox", name="Podmiot", exact=True).wait_for()
    axe(panel)
