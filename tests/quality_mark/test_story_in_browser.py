"""One application in a browser from its first word to the certificate and the page where anyone checks the mark."""

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.choices import Role
from core import links
from quality_mark.choices import ApplicationState as A
from quality_mark.letters import RECOMMENDATION
from quality_mark.models import Application, Certificate, DocumentTemplate, Intake, Mark, RequiredPaper, Rulebook
from quality_mark.use_cases import agreements, certificates
from registry.models import OrganisationKind
from tests.accounts.factories import account
from tests.quality_mark import judging
from tests.quality_mark.factories import NOW, RulebookFactory
from tests.quality_mark.test_applying_in_browser import enter
from tests.quality_mark.test_signing_applications import photo
from tests.registry.factories import OfferFactory, OrganisationFactory

pytestmark = pytest.mark.django_db(transaction=True)
TYPED = {
    "oferta": {"product": "Obiady dla szkół", "quality": "Zawsze na czas"},
    "cel": {"aim": "Praca dla sąsiadów", "results": "Pięć osób"},
    "przychody": {"year1": "2025", "total1": "400 000", "own1": "252 000,50"},
}


class People:
    """One page for each person; whoever is called is the one who looks."""

    def __init__(self, browser, live_server):
        self.browser, self.live_server, self.pages = browser, live_server, {}

    def page_of(self, person=None, width=1280):
        if person not in self.pages:
            context = self.browser.new_context(
                base_url=self.live_server.url, locale="pl-PL", viewport={"width": width, "height": 800}
            )
            if person:
                enter(context, self.live_server, person)
            self.pages[person] = context.new_page()
        return self.pages[person]

    def leave(self):
        for page in self.pages.values():
            page.context.close()


@pytest.fixture
def people(browser, live_server):
    found = People(browser, live_server)
    yield found
    found.leave()


def at(name, *args):
    return reverse(f"quality_mark:{name}", args=args)


def announced():
    """Rules with one paper that is asked for, one assessor and one recommendation."""
    book = RulebookFactory(announced=False, assessors=1, least_recommendations=1)
    RequiredPaper.objects.create(rulebook=book, code="wyciag", title="Wyciąg z rejestru")
    for kind, (title, body) in judging.TEMPLATES.items():
        DocumentTemplate.objects.create(rulebook=book, kind=kind, title=title, body=body)
    Rulebook.objects.filter(pk=book.pk).update(published_at=NOW)


def press(page, words):
    with page.expect_navigation():
        page.get_by_role("button", name=words).or_(page.get_by_role("link", name=words)).first.click()
    wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert page.evaluate(wide) <= 0, page.url


def filled(page, typed):
    for name, text in typed.items():
        page.fill(f"[name={name}]", text)


def test_from_the_first_word_to_a_sign_that_anyone_can_check(people):
    announced()
    organisation = OrganisationFactory(published=True)
    OrganisationKind.objects.filter(pk=organisation.kind_id).update(may_hold_mark=True)
    Intake.objects.create(name="Nabór ciągły", opens_on="2026-01-01", announced_at=NOW)
    offer = OfferFactory(organisation=organisation, name="Obiady szkolne")
    holder = account(Role.REPRESENTATIVE, organisation=organisation, email="zarzad@example.pl")
    clerk, director = account(Role.COORDINATOR), account(Role.DIRECTOR)
    [assessor] = judging.assessors(1)
    _, members = judging.commission_of(clerk, count=1)

    # The applicant, on a phone.
    own = people.page_of(holder, 360)
    own.goto(at("may_i", offer.pk))
    press(own, "Zacznij wniosek")
    press(own, "Dalej")
    for typed in TYPED.values():
        filled(own, typed)
        press(own, "Zapisz i przejdź dalej")
    press(own, "Zapisz i przejdź dalej")
    filled(own, {"ask-recommender": "Szkoła nr 3", "ask-email": "szkola@example.pl"})
    press(own, "Wyślij prośbę")
    case = Application.objects.get()
    customer = people.page_of(None, 360)
    customer.goto(at("recommend", links.token(RECOMMENDATION, case.recommendations.get())))
    filled(customer, {"text": "Dobre obiady.", "signed_name": "Maria Lis", "function": "dyrektorka"})
    press(customer, "Prześlij rekomendację")
    press(own, "Dalej")
    own.set_input_files("input[type=file]", {"name": "wyciag.jpg", "mimeType": "image/jpeg", "buffer": photo()})
    press(own, "Dodaj")
    press(own, "Dalej")
    for name in ("true", "rules_known", "may_sign"):
        own.check(f"[name={name}]")
    press(own, "Zapisz i przejdź dalej")
    own.fill("[name=declare-name]", "Anna Nowak")
    press(own, "Złóż wniosek")
    case.refresh_from_db()
    assert f"Wniosek {case.number} został złożony" in own.inner_text("main")

    # The office: the formal check.
    office = people.page_of(clerk)
    office.goto(at("case", case.pk))
    press(office, "Weź do oceny formalnej")
    press(office, "Oceń kryteria formalne")
    for answer in office.locator("[name^=kryterium-][value=tak]").all():
        answer.check()
    press(office, "Zapisz ocenę")
    press(office, "Ocena formalna pozytywna")
    press(office, "Ocena formalna pozytywna")
    press(office, "Przekaż do oceny merytorycznej")
    press(office, "Przydziel")

    judge = people.page_of(assessor)
    judge.goto("/panel/")
    press(judge, f"Oceń wniosek {case.number}")
    judge.check("[name=conflict][value=nie]")
    press(judge, "Oświadczam")
    for box in judge.locator("[name^=value_]").all():
        box.select_option("5")
    for box in judge.locator("[name^=reason_]").all():
        box.fill("Widać to w rekomendacji.")
    press(judge, "Wyślij ocenę")
    office.reload()
    press(office, "Przekaż Kapitule")

    # The commission, from afar.
    office.goto(at("commission"))
    filled(office, {"day": str(timezone.localdate()), "time": "00:00"})
    office.check("[name=is_remote]")
    press(office, "Zaplanuj")
    press(office, "Dodaj do porządku obrad")
    press(office, "Zwołaj posiedzenie")
    press(office, case.number)
    press(office, "Otwórz głosowanie tajne")
    chair = people.page_of(members[0].person, 360)
    chair.goto("/panel/")
    press(chair, f"Zagłosuj w sprawie {case.number}")
    chair.check("[name=choice][value=za]")
    press(chair, "Oddaj głos")
    press(chair, "Zamknij głosowanie")
    press(chair, "Posiedzenie")
    press(chair, "Sporządź protokół")
    press(chair, "Podpisz protokół")

    head = people.page_of(director)
    head.goto("/panel/")
    press(head, "Do rozstrzygnięcia: 1 wniosek")
    press(head, case.number)
    head.check("[name=step][value=grant]")
    head.fill("[name=reason]", "Wniosek spełnia kryteria.")
    press(head, "Rozstrzygnij")

    # The agreement, which the clock makes within a minute, and the certificate.
    agreements.prepare(application_id=case.pk, now=timezone.now())
    own.goto(at("application", case.pk))
    press(own, "Przeczytaj i podpisz umowę")
    own.fill("[name=declare-signed_name]", "Anna Nowak, prezeska")
    own.check("[name=declare-agreed]")
    press(own, "Podpisz umowę")
    own.goto(at("application", case.pk))
    assert "Teraz: biuro podpisuje umowę w imieniu urzędu" in own.inner_text("main")
    office.goto(at("agreement_desk", case.pk))
    press(office, "Umowa podpisana przez obie strony")
    certificate = Certificate.objects.get()
    certificates.make(certificate.pk, now=timezone.now())
    own.goto(at("own_mark", Mark.objects.get().pk))
    assert own.get_by_role("link", name="Certyfikat (PDF)").count() == 1
    assert own.request.get(at("certificate", certificate.pk)).body().startswith(b"%PDF")

    customer.goto(at("verification", case.number.replace("/", "-")))
    seen = customer.inner_text("main")
    assert "Ten znak jest ważny" in seen
    assert "Obiady szkolne" in seen
    case.refresh_from_db()
    assert case.state == A.ACTIVE
