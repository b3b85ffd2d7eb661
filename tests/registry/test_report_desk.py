"""Reports of errors: the form by anybody, what is suspected, the queue by card, answers, and the state by a link."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.choices import Role
from core import links
from core.antispam import TOO_QUICK
from core.exceptions import Refused
from notifications.models import OutgoingEmail
from registry.choices import ReportOutcome
from registry.letters import ERROR_ANSWERED, ERROR_FORWARDED, ERROR_REPORTED
from registry.models import ErrorReport
from registry.use_cases.forgetting import forget_reports
from registry.use_cases.reports import (
    REPORT,
    clear_report,
    put_back_report,
    report_error,
    settle_report,
    take_report,
)
from tests.accounts.factories import account
from tests.core.guarded import in_time
from tests.registry.factories import NOW, OfferFactory, OrganisationFactory

pytestmark = pytest.mark.django_db
FORM = "/katalog/zielony-prog/zglos-blad/"


@pytest.fixture
def card():
    return OrganisationFactory(slug="zielony-prog", published_at=NOW, institution__www="https://www.zielony.example/")


@pytest.fixture
def anna():
    return account(Role.COORDINATOR, email="anna@example.pl")


def told(client, message="Zły telefon.", *, query="", **more):
    return client.post(FORM + query, in_time("error-report", {"message": message, **more}))


def report(card, message="Zły telefon.", **more):
    return report_error(organisation_id=card.pk, message=message, now=NOW, **more)


def letters(template):
    return list(OutgoingEmail.objects.filter(template=template).order_by("pk").values_list("to", flat=True))


def test_who_is_too_quick_gets_the_form_back_with_everything_typed(client, card):
    given = {"message": "Zły telefon.", "email": "a@example.pl", "subject": "telefon"}
    page = client.post(FORM, in_time("error-report", given, after=timedelta(0)))
    html = page.content.decode()
    assert (page.status_code, ErrorReport.objects.count()) == (422, 0)
    assert TOO_QUICK in html
    assert "Zły telefon." in html
    assert 'value="a@example.pl"' in html
    assert '<option value="telefon" selected>' in html


def test_the_trap_lays_a_report_apart_and_the_machine_is_thanked(client, card, anna):
    answer = client.post(FORM, {"message": "kup tanio", "website": "https://spam.example"})
    assert answer.status_code == 302
    assert "Dziękujemy" in client.get(answer["Location"]).content.decode()
    assert list(ErrorReport.objects.values_list("suspicion", flat=True)) == ["pulapka"]
    assert letters(ERROR_REPORTED) == []


@pytest.mark.parametrize(
    ("message", "suspicion"),
    [
        ("Tanio: https://spam.example/x", "odsylacze"),
        ("<a href=x>kup</a>", "odsylacze"),
        ("[url=x]kup[/url]", "odsylacze"),
        ("http://[ kup", "odsylacze"),
        ("Strona to teraz https://zielony.example/kontakt", ""),
        ("Karta http://testserver/katalog/zielony-prog/ ma zły telefon", ""),
        ("Strona to www.nowa.example", ""),
    ],
)
def test_links_to_foreign_pages_are_suspected(card, anna, message, suspicion):
    assert report(card, message).suspicion == suspicion
    assert letters(ERROR_REPORTED) == ([] if suspicion else ["anna@example.pl"])


def test_more_than_ten_a_day_from_one_address_are_suspected(client, card, monkeypatch):
    monkeypatch.setattr("registry.views.reports.PER_HOUR", 99)
    for number in range(12):
        told(client, f"Uwaga {number}")
    found = ErrorReport.objects.order_by("pk").values_list("suspicion", flat=True)
    assert list(found) == [""] * 10 + ["wiele"] * 2


def test_a_report_from_the_page_of_an_offer_names_it(client, card):
    offer, foreign = OfferFactory(organisation=card), OfferFactory()
    assert f"{FORM}?oferta={offer.pk}" in client.get(f"/oferty/{offer.pk}-sprzatanie-biur/").content.decode()
    assert "w\xa0ofercie" in client.get(f"{FORM}?oferta={offer.pk}").content.decode()
    assert "w\xa0ofercie" not in client.get(f"{FORM}?oferta={foreign.pk}").content.decode()
    told(client, query=f"?oferta={offer.pk}")
    told(client, query=f"?oferta={foreign.pk}")
    told(client, query="?oferta=" + "9" * 30)
    assert list(ErrorReport.objects.order_by("pk").values_list("offer", flat=True)) == [offer.pk, None, None]


def test_a_choice_nobody_offers_is_an_error_beside_the_field(client, card):
    assert told(client, subject="nonsens").status_code == 422


def test_three_reports_of_one_card_are_one_line_of_the_queue_and_one_letter(client, card, anna):
    first = report(card, "jeden")
    for words in ("dwa", "trzy"):
        report(card, words)
    report(card, "spam", suspicion="pulapka")
    assert letters(ERROR_REPORTED) == ["anna@example.pl"]
    client.force_login(anna)
    listed = reverse("admin:registry_errorreport_changelist")
    rows = client.get(listed + "?stan=czeka").context["cl"].result_list
    assert [(row.pk, row.of_card) for row in rows] == [(first.pk, 3)]
    found = client.get(listed + "?stan=czeka&q=trzy").context["cl"].result_list
    assert [row.message for row in found] == ["trzy"]
    suspected = client.get(listed + "?stan=podejrzane").context["cl"].result_list
    assert [row.message for row in suspected] == ["spam"]
    page = client.get(reverse("admin:registry_errorreport_change", args=[first.pk])).content.decode()
    assert "dwa" in page
    assert reverse("admin:registry_organisation_change", args=[card.pk]) in page


def test_all_of_a_card_are_closed_alike_and_each_who_asked_is_answered(card, anna):
    first = report(card, email="a@example.pl")
    second, other = report(card, email="b@example.pl"), report(OrganisationFactory(published_at=NOW))
    settle_report(
        report_id=first.pk, settlement="Poprawiono.", answer="Dziękujemy.", with_others=True, actor=anna, now=NOW
    )
    assert letters(ERROR_ANSWERED) == ["a@example.pl", "b@example.pl"]
    for one in (first, second, other):
        one.refresh_from_db()
    assert (first.outcome, first.answer, first.settled_at) == ("poprawione", "Dziękujemy.", NOW)
    assert (second.outcome, second.answer) == ("poprawione", "Dziękujemy.")
    assert other.settled_at is None
    assert [step.name for step in first.steps.order_by("pk")] == ["odpowiedz", "zamkniete"]


def test_an_answer_needs_an_address_and_is_written_once(card, anna):
    without = report(card)
    with pytest.raises(Refused, match="nie podał adresu"):
        settle_report(report_id=without.pk, settlement="x", answer="Dziękujemy.", actor=anna, now=NOW)
    given = report(card, email="a@example.pl")
    settle_report(report_id=given.pk, settlement="x", answer="Dziękujemy.", actor=anna, now=NOW)
    with pytest.raises(Refused, match="już wysłano"):
        settle_report(report_id=given.pk, settlement="x", answer="Inaczej.", actor=anna, now=NOW)
    assert letters(ERROR_ANSWERED) == ["a@example.pl"]


def test_a_report_is_forwarded_without_whom_it_is_from(card, anna):
    one = report(card, email="ktos@example.pl")
    forward = {"report_id": one.pk, "settlement": "x", "outcome": ReportOutcome.FORWARDED, "tell": True, "now": NOW}
    with pytest.raises(Refused, match="Nikt nie działa"):
        settle_report(**forward, actor=anna)
    one.refresh_from_db()
    assert one.settled_at is None
    account(Role.REPRESENTATIVE, email="ola@example.pl", organisation=card)
    settle_report(**forward, actor=anna)
    letter = OutgoingEmail.objects.get(template=ERROR_FORWARDED)
    assert letter.to == "ola@example.pl"
    assert "Zły telefon." in letter.body
    assert "ktos@" not in letter.body


def test_taking_on_putting_back_and_clearing_are_told_in_the_history(card, anna):
    one = report(card, suspicion="pulapka")
    about = {"report_id": one.pk, "actor": anna, "now": NOW}
    for act in (clear_report, clear_report, take_report, take_report, put_back_report):
        act(**about)
    assert [step.name for step in one.steps.order_by("pk")] == ["w-kolejce", "wziete", "oddane"]
    settle_report(settlement="x", **about)
    for act in (take_report, put_back_report, clear_report):
        with pytest.raises(Refused, match="już załatwione"):
            act(**about)


def test_the_desk_takes_on_then_answers(client, card, anna):
    one = report(card, email="a@example.pl")
    client.force_login(anna)
    address = reverse("admin:registry_errorreport_change", args=[one.pk])
    client.post(address, {"step": "biore", "settlement": ""})
    one.refresh_from_db()
    assert (one.assigned_to, one.settled_at) == (anna, None)
    client.post(address, {"step": "nie-blad", "settlement": "Numer się zgadza.", "reply": "Sprawdziliśmy."})
    one.refresh_from_db()
    assert (one.outcome, one.answer) == ("nie-blad", "Sprawdziliśmy.")
    page = client.get(address).content.decode()
    assert "wysłano odpowiedź" in page
    assert 'name="reply"' not in page


def test_whoever_holds_the_link_sees_the_state_and_nothing_of_others(client, card, anna):
    answer = told(client, "Zły telefon.", email="a@example.pl")
    thanks = client.get(answer["Location"]).content.decode()
    one = ErrorReport.objects.get()
    address = f"/zgloszenia/{links.token(REPORT, one)}/"
    assert address in thanks
    page = client.get(address)
    assert "Czeka na koordynatora" in page.content.decode()
    assert "a@example.pl" not in page.content.decode()
    assert "no-store" in page["Cache-Control"]
    settle_report(report_id=one.pk, settlement="uwaga wewnętrzna", answer="Poprawione!", actor=anna, now=NOW)
    page = client.get(address).content.decode()
    assert "Poprawione!" in page
    assert "uwaga wewnętrzna" not in page
    assert "anna@" not in page
    assert client.get("/zgloszenia/x/").status_code == 404
    other = links.token("inne", one)
    assert client.get(f"/zgloszenia/{other}/").status_code == 404


def test_addresses_go_before_reports_and_suspected_ones_soon(card, anna, settings):
    def aged(days, **more):
        one = report(card, **more)
        ErrorReport.objects.filter(pk=one.pk).update(created_at=NOW - timedelta(days=days))
        return one

    settings.ERROR_REPORT_ADDRESS_KEPT_DAYS, settings.SUSPECTED_REPORT_KEPT_DAYS = 30, 30
    waiting = aged(900, email="a@example.pl")
    settled = aged(900, email="b@example.pl", message="stare")
    settle_report(report_id=settled.pk, settlement="x", actor=anna, now=NOW - timedelta(days=31))
    aged(31, suspicion="pulapka", message="spam")
    fresh = aged(29, suspicion="pulapka", message="nowy spam")
    assert forget_reports(NOW) == 2
    assert forget_reports(NOW) == 0
    found = ErrorReport.objects.order_by("pk").values_list("pk", "email")
    assert list(found) == [(waiting.pk, "a@example.pl"), (settled.pk, ""), (fresh.pk, "")]


@pytest.mark.parametrize("value", ["\0", "x" * 10_000, "ż" * 2001])
def test_nothing_that_is_typed_gives_an_error_of_ours(client, card, value):
    for field in ("message", "email", "subject", "pokazano", "website"):
        assert told(client, **{"message": "x", field: value}).status_code in (302, 422, 429)
    assert client.get(f"{FORM}dziekujemy/", {"numer": value}).status_code in (200, 400)
    assert client.get(FORM, {"oferta": value}).status_code in (200, 400)


def test_days_of_waiting_are_shown(client, card, anna):
    one = report(card)
    ErrorReport.objects.filter(pk=one.pk).update(created_at=timezone.now() - timedelta(days=5))
    client.force_login(anna)
    assert ">5 dni<" in client.get(reverse("admin:registry_errorreport_changelist")).content.decode()
