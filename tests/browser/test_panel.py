"""The panel and its forms on a phone: axe, and nothing wider than the screen."""

import pytest

from accounts.choices import Role
from procurement.models import OrderingUnit
from tests.accounts.factories import account, authority, hold
from tests.browser.doors import sign_in
from tests.registry.factories import OrganisationFactory

pytestmark = pytest.mark.django_db(transaction=True)
TOO_WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_pages_of_the_panel_are_clean_for_axe_and_fit(page, axe, width, scheme):
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme=scheme)
    name = "Stowarzyszenie na rzecz Rehabilitacji i Przedsiębiorczości Społecznej"
    card = OrganisationFactory(slug="zielony-prog", published=True, institution__name=name)
    user = account(Role.REPRESENTATIVE, organisation=card)
    office = authority(name="Gmina Przykładowa")
    OrderingUnit.objects.create(authority=office, name="Zarząd Dróg i Zieleni")
    officer = hold(user, Role.OFFICER, authority=office)
    sign_in(page, user)
    for address in (
        "/panel/",
        "/panel/podmiot/zielony-prog/prosba/",
        "/panel/podmiot/zielony-prog/osoby/",
        "/panel/zamawiajacy/prosba/",
        f"/panel/zamawiajacy/{office.pk}/osoby/",
        f"/panel/zamawiajacy/{office.pk}/osoby/{officer.pk}/",
    ):
        page.goto(address)
        axe(page)
        assert page.evaluate(TOO_WIDE) <= 0, address
