"""Plans, lists, inquiries, figures and the advisor in a browser: for everybody, in every colour, on a phone."""

from datetime import timedelta
from decimal import Decimal
from io import BytesIO
from urllib.parse import urlsplit

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from accounts.choices import Role
from procurement.choices import InquiryKind, Opening, RuleKind
from procurement.models import Interest, Rule
from procurement.use_cases.matching import inquiries, shortlists
from procurement.use_cases.plans import importing
from tests.accounts.factories import account, authority
from tests.procurement.factories import PlanFactory, PlanItemFactory, PlanVersionFactory, published
from tests.procurement.in_browser import fits, focused, follow, reach, signed_in
from tests.procurement.matching.test_alerts import tell
from tests.procurement.matching.test_who_can import cleaner
from tests.procurement.orders import SOON, clause, concluded, notice, refresh
from tests.registry.factories import NOW

pytestmark = pytest.mark.django_db(transaction=True)
SEARCH = "q=sprz%C4%85tanie+biur&value=300000"


def at(name, *of, **more):
    return reverse(f"procurement:{name}", args=of, **more)


@pytest.fixture
def gmina():
    return authority(name="Gmina Mysłakowice", county_id="0206", municipality_id="0206062")


@pytest.fixture
def officer(gmina):
    return account(Role.OFFICER, authority=gmina)


@pytest.fixture
def inquiry(officer, gmina):
    """Two suppliers are asked; a question waits."""
    now, cards = timezone.now(), [cleaner("Blask"), cleaner("Perła", institution__email="")]
    kept = shortlists.make_shortlist(authority=gmina, name="Sprzątanie", actor=officer, now=now)
    found = [{"organisation": card.pk} for card in cards]
    search = {"words": "sprzątanie", "total": 1, "found": [["Blask", 80, "robi to"]]}
    shortlists.put_on(shortlist=kept, found=found, search=search, actor=officer, now=now)
    sent = inquiries.send(
        shortlist=kept, kind=InquiryKind.OFFERS, subject="Sprzątanie biur", message="Ile za miesiąc?",
        opening=Opening.AFTER, links=["https://bip.example.pl/opis.pdf"], deadline_at=now + timedelta(days=9),
        actor=officer, now=now,
    )  # fmt: skip
    sent.questions.create(question="Ile jest okien?", asked_at=now)
    return sent


def read(page, axe, *addresses, dark=()):
    """Each is loaded once; those with colours of their own are looked at in the dark as well."""
    for address in addresses:
        page.goto(address)
        axe(page)
        if address in dark:
            # Without movement, or a button would be measured on its way from one colour to the other.
            page.emulate_media(color_scheme="dark", reduced_motion="reduce")
            axe(page, colours_only=True)
            page.emulate_media(color_scheme="light")
        fits(page)


def test_what_everybody_reads_is_for_everybody(page, axe, gmina, complaints):
    made = notice(authority=gmina, cpv=["90910000"], value=Decimal(120_000))
    clause(notice=made, code="art96", groups=["bezrobotni"], people=2)
    concluded(made, was_pes=True)
    item = PlanItemFactory(version=PlanVersionFactory(plan=PlanFactory(authority=gmina)), cpv=["90910000"])
    published(item.version)
    cleaner("Blask")
    refresh()
    figures, advice = at("region_report"), f"{at('advisor')}?{SEARCH}"
    read(
        page, axe, figures, at("buyer_report", gmina.slug), at("plan_year", gmina.slug, 2027), at("advisor"), advice,
        f"{at('who_can')}?{SEARCH}", dark=(figures, advice),
    )  # fmt: skip
    assert complaints == []
    read(page, axe, f"{at('who_can')}?q=&cpv=1", f"{figures}?rok=kiedyś")
    assert [said for said in complaints if "422" not in said] == []
    complaints.clear()
    # Paper has no buttons and nothing to open.
    page.goto(advice)
    page.emulate_media(media="print")
    expect(page.get_by_text("Zmień pytanie")).to_be_hidden()
    expect(page.get_by_role("listitem").filter(has_text="osoby bezrobotne").first).to_be_visible()
    page.emulate_media(media="screen")


def test_plans_at_the_desk_are_for_everybody(page, axe, officer, gmina, live_server):
    first = PlanItemFactory(version=PlanVersionFactory(plan=PlanFactory(authority=gmina)), subject="Sprzątanie")
    published(first.version)
    plan = first.version.plan
    draft = PlanVersionFactory(plan=plan)
    PlanItemFactory(
        version=draft, position=first.position, subject="Sprzątanie urzędu", value=Decimal(200_000),
        value_words="blisko dwieście tysięcy złotych netto", update_kind="zmiana",
        changes={"value": ["180 000 zł", "200 000 zł"]},
    )  # fmt: skip
    rows = "Przedmiot;Wartość;Termin\nPranie;50 000;II kw.\nDruk;100-200 tys.;II kw.\n".encode()
    run = importing.receive(plan=plan, file=BytesIO(rows), name="plan.csv", is_whole=False, actor=officer, now=NOW)
    importing.read(import_id=run.pk)
    preview = at("plan_preview", plan.pk)
    signed_in(page, officer, live_server)
    read(
        page, axe, at("plan_list"), at("plan_new"), at("plan", plan.pk), at("plan_head", plan.pk),
        at("plan_item", plan.pk, first.position_id), at("plan_file", plan.pk), at("plan_import", plan.pk, run.pk),
        preview, at("plan_publish", plan.pk), at("plan_differences", plan.pk),
        at("plan_discard", plan.pk), dark=(preview,),
    )  # fmt: skip


def test_lists_and_inquiries_are_for_everybody(page, axe, officer, inquiry, live_server):
    shortlist, question = inquiry.shortlist, inquiry.questions.get()
    signed_in(page, officer, live_server)
    read(
        page, axe, at("shortlists"), at("shortlist", shortlist.pk), at("inquiry_asking", shortlist.pk),
        at("inquiries"), at("inquiry", inquiry.pk), at("inquiry_deadline", inquiry.pk),
        at("inquiry_withdrawal", inquiry.pk), at("inquiry_answer", inquiry.pk, question.pk),
    )  # fmt: skip


def test_a_visitor_keeps_a_list_with_a_keyboard_alone(page, axe):
    cleaner("Blask")
    cleaner("Perła")
    page.goto(f"{at('who_can')}?{SEARCH}")
    for _ in range(2):
        reach(page, "na listę", tag="INPUT")
        page.keyboard.press("Space")
    follow(page, "Dodaj zaznaczone")
    axe(page)
    follow(page, "Dodaj do listy", tag="BUTTON")
    axe(page)
    fits(page)
    follow(page, "Usuń z listy: Blask")
    # One goes on where the list begins, not at the top of the page.
    reach(page, "CSV")
    assert page.locator("#wykonawcy").inner_text() == "1 podmiot"
    reach(page, "Usuń całą listę", tag="SUMMARY")
    page.keyboard.press("Enter")
    follow(page, "Tak, usuń całą listę")
    expect(page.get_by_text("Lista jest pusta")).to_be_visible()


def test_a_supplier_answers_with_a_keyboard_alone(page, axe, inquiry, live_server, complaints):
    asked = inquiry.addressees.get(organisation__institution__name="Blask")
    page.goto(urlsplit(inquiries.link_of(asked)).path)
    axe(page)
    fits(page)
    follow(page, "Wyślij odpowiedź")
    assert "Imię i nazwisko" in focused(page)
    assert "422" in complaints.pop()
    axe(page)
    follow(page, "Nie weźmiemy udziału")
    expect(page.get_by_text("Do terminu możesz zmienić zdanie")).to_be_visible()


def test_a_supplier_says_why_an_order_is_not_for_them_and_stays_where_they_were(page, axe, gmina, live_server):
    card = cleaner("Blask")
    person = account(Role.REPRESENTATIVE, organisation=card)
    given = {"authority": gmina, "county_id": "0264", "cpv": ["90919200"], "deadline_at": SOON}
    orders = [notice(subject=f"Sprzątanie biur, rejon {n}", **given) for n in (1, 2)]
    tell(*orders)
    signed_in(page, person, live_server)
    page.goto(at("orders_for_us"))
    axe(page)
    fits(page)
    follow(page, "Nie dla nas, bo… Sprzątanie biur, rejon 1")
    axe(page)
    fits(page)
    reach(page, "", tag="INPUT")
    page.keyboard.press("Space")
    follow(page, "Wyślij", tag="BUTTON")
    reach(page, "Sprzątanie biur, rejon 1", tag="A Sprzątanie")
    assert Interest.objects.get().posting_id == orders[0].pk


def test_the_rules_of_the_day_are_for_every_administrator(page, axe, live_server):
    signed_in(page, account(Role.ADMINISTRATOR), live_server)
    rule = Rule.objects.get(kind=RuleKind.ACT_THRESHOLD, valid_until=None)
    for address in (
        reverse("admin:procurement_offerperiod_changelist"),
        reverse("admin:procurement_rule_change", args=[rule.pk]),
        reverse("admin:procurement_guide_add"),
    ):
        page.goto(address)
        axe(page)
    # On a phone the way back is shortened, not squeezed to nothing.
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(reverse("admin:procurement_rule_changelist"))
    assert page.locator("h1 > a").last.bounding_box()["width"] > 40
