"""Pages of the sign in a browser: no violation of WCAG 2.2 AA, nothing wider than a phone, without scripts too."""

from datetime import date

import pytest
from django.utils import timezone

from accounts.choices import Role
from quality_mark.choices import ApplicationState, Ground
from quality_mark.models import Certificate, Mark, MisuseReport, SignDownload
from quality_mark.use_cases import complaints as complaints_of
from quality_mark.use_cases import licensing, supervision
from quality_mark.use_cases.certificates import make
from tests.accounts.factories import account
from tests.quality_mark.factories import NOW, ApplicationFactory
from tests.quality_mark.marks import granted, holder, marked, offer
from tests.quality_mark.test_judging_in_browser import sign_in
from tests.quality_mark.test_statistics import moved

pytestmark = pytest.mark.django_db(transaction=True)
REGISTER, CHECK = "/znak/rejestr/", "/znak/weryfikacja/"


@pytest.fixture
def marks():
    """A valid one, one that has ended, one suspended, one taken away."""
    head = account(Role.DIRECTOR, email="glowa@example.pl")
    place = {"organisation__institution__municipality_id": "0264011"}
    found = [marked(number=f"ZP/2026/00{number}", offer=offer(**place)) for number in range(1, 4)]
    found.append(marked(date(2025, 1, 1), number="ZP/2025/001"))
    supervision.suspend(mark_id=found[1].pk, reason="Kontrola.", actor=head, now=NOW)
    given = {"reason": "x", "public_note": "Odebrany po kontroli.", "ground": Ground.REQUEST}
    supervision.revoke(mark_id=found[2].pk, **given, actor=head, now=NOW)
    return found


def looked_at(page, live_server, axe, addresses):
    for address, status in addresses.items():
        assert page.goto(f"{live_server.url}{address}").status == status, address
        axe(page)
        wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        assert page.evaluate(wide) <= 0, address


def test_everybody_reads_the_register_and_checks_a_mark_on_a_phone(page, live_server, axe, marks, complaints):
    page.set_viewport_size({"width": 360, "height": 740})
    pages = ["/znak/", "/znak/zasady/", REGISTER, f"{REGISTER}?status=odebrany", CHECK, "/znak/zglos-naduzycie/"]
    pages += [f"{CHECK}{one.number.replace('/', '-')}/" for one in marks]
    known = dict.fromkeys(pages, 200) | {f"{CHECK}ZP-1999-001/": 404, f"{CHECK}ZP-2026-001/?dzien=x": 422}
    looked_at(page, live_server, axe, known)
    # A browser names answers that are no 200.
    assert [one for one in complaints if "404" not in one and "422" not in one] == []
    complaints.clear()
    # The map: drawn from our own boundaries, a county is pressed with the keyboard and narrows the list.
    page.goto(f"{live_server.url}{REGISTER}?view=mapa")
    page.wait_for_selector("[data-map][data-ready]")
    axe(page)
    county = page.locator('[data-map] path[role="link"]').first
    assert county.get_attribute("aria-label") == "Wrocław: 4 znaki"
    county.focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert "powiat=0264" in page.url
    page.wait_for_selector("[data-map][data-ready]")
    assert page.locator("#result-count").get_attribute("value") == "4"


def test_holders_and_the_office_use_their_pages_on_a_phone(page, live_server, axe, marks):
    valid, suspended = marks[:2]
    one = ApplicationFactory(state=ApplicationState.REFUSED)
    moved(one, ("submit", "submitted", 0), ("take", "formal_check", 4), ("refuse", "refused", 14))
    waiting = granted()
    licensing.countersign(application_id=granted().pk, actor=account(Role.COORDINATOR, email="k2@example.pl"), now=NOW)
    report = MisuseReport.objects.create(place="sklep", message="Naklejka.", reported_at=NOW)
    person, clerk = holder(valid), account(Role.COORDINATOR)
    SignDownload.objects.create(mark=valid, person=person, files=1, at=NOW)
    page.set_viewport_size({"width": 360, "height": 740})
    sign_in(page, live_server, person)
    looked_at(page, live_server, axe, {f"/panel/znak/znaki/{valid.pk}/": 200})
    sign_in(page, live_server, holder(suspended))
    looked_at(page, live_server, axe, dict.fromkeys(
        [f"/panel/znak/znaki/{suspended.pk}/", f"/panel/znak/znaki/{suspended.pk}/wyjasnienia/"], 200
    ))  # fmt: skip
    sign_in(page, live_server, clerk)
    desk = f"/panel/znak/nadzor/{valid.pk}/"
    office = ["nadzor/", "umowy/", f"umowy/{waiting.pk}/", "statystyki/", "pliki-znaku/", f"zgloszenia/{report.pk}/"]
    looked_at(page, live_server, axe, dict.fromkeys(
        [desk, f"{desk}przeglad/", *(f"/panel/znak/{one}" for one in office)], 200
    ))  # fmt: skip
    sign_in(page, live_server, account(Role.DIRECTOR))
    looked_at(page, live_server, axe, {f"{desk}krok/revoke/": 200, f"{desk}krok/suspend/": 200})
    assert Certificate.objects.count() == 1


def test_a_certificate_that_is_not_given_out_is_told_of_on_a_phone(page, live_server, axe, marks, complaints):
    suspended = marks[1]
    row = Certificate.objects.create(licence=suspended.licences.get(), asked_at=NOW)
    make(row.pk, now=NOW)
    page.set_viewport_size({"width": 360, "height": 740})
    sign_in(page, live_server, holder(suspended))
    looked_at(page, live_server, axe, {f"/panel/znak/certyfikat/{row.pk}/": 403})
    assert [one for one in complaints if "403" not in one] == []
    complaints.clear()


def test_complaints_grants_taken_back_and_what_was_signed_are_read_on_a_phone(page, live_server, axe, marks):
    signed, refused = granted(), ApplicationFactory(state=ApplicationState.REFUSED, offer=marks[0].offer)
    unmet = ApplicationFactory(state=ApplicationState.FORMAL_CHECK)
    unmet.verdicts.create(criterion=unmet.rulebook.formalcriterion_set.first(), is_met=False, note="12 %.", at=NOW)
    late, person = timezone.now(), holder(marks[0])
    type(refused).objects.filter(pk=refused.pk).update(decided_at=late)
    page.set_viewport_size({"width": 360, "height": 740})
    sign_in(page, live_server, person)
    own = f"/panel/znak/{refused.pk}/"
    looked_at(page, live_server, axe, {own: 200, f"{own}skarga/": 200, "/panel/znak/": 200})
    filed = complaints_of.complain_about_application(application_id=refused.pk, text="Nie.", actor=person, now=late)
    looked_at(page, live_server, axe, {own: 200, f"{own}skarga/": 200})
    sign_in(page, live_server, account(Role.REPRESENTATIVE, organisation=signed.offer.organisation))
    looked_at(page, live_server, axe, {f"/panel/znak/{signed.pk}/umowa/": 200})
    sign_in(page, live_server, account(Role.DIRECTOR))
    places = [f"skargi/{filed.pk}/", f"umowy/{signed.pk}/", f"umowy/{signed.pk}/cofniecie/", f"decyzje/{unmet.pk}/"]
    looked_at(page, live_server, axe, dict.fromkeys((f"/panel/znak/{one}" for one in places), 200))


def test_coordinators_find_marks_cases_and_rules_in_the_admin(page, live_server, axe, marks):
    sign_in(page, live_server, account(Role.COORDINATOR))
    lists = ("application", "mark", "rulebook", "intake")
    places = [f"/admin/quality_mark/{name}/" for name in lists]
    one = marks[0]
    rules = one.licences.get().application.rulebook_id
    places += [f"/admin/quality_mark/mark/{one.pk}/change/", f"/admin/quality_mark/rulebook/{rules}/change/"]
    for address in places:
        assert page.goto(f"{live_server.url}{address}").status == 200, address
        axe(page)


def test_without_scripts_a_number_is_checked_and_the_counties_are_a_list(browser, live_server, marks):
    context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 740})
    page = context.new_page()
    page.goto(f"{live_server.url}{CHECK}")
    page.fill("#id_numer", "zp 2026/001")
    page.click("text=Sprawdź >> nth=-1")
    assert page.url.endswith("/ZP-2026-001/")
    assert page.locator(".notice strong").inner_text() == "Ten znak jest ważny"
    page.goto(f"{live_server.url}{REGISTER}?view=mapa")
    page.click("#map-counts >> text=Wrocław")
    assert page.locator("#result-count").get_attribute("value") == "4"
    assert Mark.objects.count() == 4
    context.close()
