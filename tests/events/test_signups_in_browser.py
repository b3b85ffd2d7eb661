"""Signing up on a telephone: three fields, a roster, one's own page. axe finds nothing, nothing is wider than it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.choices import Role
from events.choices import RegistrationState as State
from events.models import EventQuestion, Registration
from tests.accounts.factories import account
from tests.browser.doors import sign_in
from tests.events.factories import DelegationFactory, EnrolmentFactory, EventFactory
from tests.registry.factories import OrganisationFactory

pytestmark = pytest.mark.django_db(transaction=True)
WIDER = "document.documentElement.scrollWidth > document.documentElement.clientWidth"


@pytest.fixture
def telephone(page):
    page.set_viewport_size({"width": 360, "height": 740})
    return page


def make(**more):
    start = timezone.now() + timedelta(days=10)
    given = {"slug": "spotkanie", "starts_at": start, "ends_at": start + timedelta(hours=5)}
    return EventFactory(**given | more)


def check(page, axe):
    axe(page)
    assert not page.evaluate(WIDER), page.url


def test_three_fields_then_one_page_with_everything(telephone, axe, complaints):
    event = make(asks_diet=True, attendance="hybrydowo", online_url="https://spotkanie.example/bardzo/" + "a" * 60)
    EventQuestion.objects.create(event=event, code="sesja", label="Która sesja?", answer="choice", choices=["A", "B"])
    page = telephone
    page.goto("/wydarzenia/spotkanie/zapisy/")
    check(page, axe)
    page.get_by_role("button", name="Zapisz mnie").click()
    page.get_by_text("Podaj imię.").wait_for()
    check(page, axe)
    assert "422" in complaints.pop()
    for label, value in (("Imię", "Ewa"), ("Nazwisko", "Nowak"), ("E-mail", "ewa@example.pl")):
        page.get_by_label(label, exact=True).fill(value)
    page.get_by_label("B", exact=True).check()
    # An impatient person; the second press may find the page gone already.
    page.get_by_role("button", name="Zapisz mnie").dblclick(no_wait_after=True)
    page.get_by_text("Miejsce potwierdzone").wait_for()
    check(page, axe)
    page.get_by_role("link", name="Zmień odpowiedzi").click()
    check(page, axe)
    page.get_by_label("Dieta").fill("bez glutenu")
    page.get_by_role("button", name="Zapisz").click()
    page.get_by_text("bez glutenu").wait_for()
    page.get_by_role("link", name="Rezygnuję z udziału").click()
    check(page, axe)
    page.get_by_role("button", name="Rezygnuję").click()
    page.get_by_text("Nie ma już tego zapisu").wait_for()
    registration = Registration.objects.get()
    assert (registration.state, registration.diet, registration.answers) == (
        State.RESIGNED,
        "bez glutenu",
        {"sesja": "B"},
    )


def test_a_representative_finds_people_by_keyboard(telephone, axe):
    enrolment = EnrolmentFactory(accepted=True)
    for name in ("Adamska", "Bogusz", "Cicha"):
        DelegationFactory(enrolment=enrolment, participant__last_name=name, participant__first_name="Anna")
    event = make(edition=enrolment.edition, per_institution=2)
    EventQuestion.objects.create(event=event, code="sesja", label="Która sesja?")
    user = account(Role.REPRESENTATIVE, organisation=OrganisationFactory(institution=enrolment.institution))
    page = telephone
    page.goto("/wydarzenia/spotkanie/zapisy/")
    check(page, axe)
    sign_in(page, user)
    page.goto("/wydarzenia/spotkanie/zapisy/")
    check(page, axe)
    page.get_by_label("Adamska Anna").check()
    page.get_by_label("Szukaj osoby").fill("cicha")
    page.keyboard.press("Enter")
    page.get_by_text("2 z 3").wait_for()
    page.get_by_role("button", name="Zaznacz wszystkie znalezione").click()
    page.get_by_role("button", name="Dalej: odpowiedzi").click()
    page.get_by_label("Która sesja?").nth(1).fill("B")
    check(page, axe)
    page.get_by_role("button", name="Zapisz").click()
    page.get_by_text("Zapisano 2 osoby").wait_for()
    check(page, axe)
    assert set(Registration.objects.values_list("last_name", flat=True)) == {"Adamska", "Cicha"}
    page.goto("/panel/zapisy/?czyje=instytucji")
    check(page, axe)
