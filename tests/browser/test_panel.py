"""The panel and its forms on a phone: axe, and nothing wider than the screen."""

import pytest

from accounts.choices import JobState, Role
from accounts.models import Job
from core.locks import JOB, held
from procurement.models import OrderingUnit
from tests.accounts.factories import account, authority, hold
from tests.browser.doors import sign_in
from tests.registry.factories import NOW, OrganisationFactory

pytestmark = pytest.mark.django_db(transaction=True)
TOO_WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_pages_of_the_panel_are_clean_for_axe_and_fit(page, axe, width, scheme):
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme=scheme)
    name = "Stowarzyszenie na rzecz Rehabilitacji i Przedsiębiorczości Społecznej"
    card = OrganisationFactory(slug="zielony-prog", published=True, institution__name=name)
    OrganisationFactory(slug="inny", published=True, institution__name=name)
    user = account(Role.REPRESENTATIVE, organisation=card)
    office = authority(name="Gmina Przykładowa")
    OrderingUnit.objects.create(authority=office, name="Zarząd Dróg i Zieleni")
    officer = hold(user, Role.OFFICER, authority=office)
    sign_in(page, user)
    for address in (
        "/panel/",
        "/panel/podmiot/inny/prosba/",
        "/panel/podmiot/zielony-prog/osoby/",
        "/panel/zamawiajacy/prosba/",
        f"/panel/zamawiajacy/{office.pk}/osoby/",
        f"/panel/zamawiajacy/{office.pk}/osoby/{officer.pk}/",
    ):
        page.goto(address)
        axe(page)
        assert page.evaluate(TOO_WIDE) <= 0, address


def test_long_work_tells_how_far_it_is_where_one_stands(page, axe):
    user = account()
    sign_in(page, user)
    job = Job.objects.create(
        kind="registry.do_to_rows", title="Publikacja: 300 pozycji", owner=user, total=300, done=50, asked_at=NOW,
        state=JobState.RUNNING, back="/katalog/",
    )  # fmt: skip
    with held(JOB, job.pk):
        page.goto(job.get_absolute_url())
        page.get_by_text("50 z 300").wait_for()
        axe(page)
        page.get_by_role("button", name="Przerwij").focus()

        Job.objects.update(done=225)
        page.get_by_text("225 z 300").wait_for()
        assert page.evaluate("document.activeElement.innerText") == "Przerwij"

    Job.objects.update(state=JobState.DONE, done=300, result=["Opublikowano: 300 pozycji."], finished_at=NOW)
    page.get_by_text("Opublikowano: 300 pozycji.").wait_for()
    axe(page)
    page.goto("/panel/praca/")
    axe(page)
