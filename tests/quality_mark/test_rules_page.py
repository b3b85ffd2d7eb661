"""The rules are there to be read, version by version: by whoever declares to know them, and by everybody else."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from quality_mark.models import RequiredPaper, Rulebook, SubstantiveCriterion
from tests.quality_mark.factories import NOW, ApplicationFactory, RulebookFactory
from tests.quality_mark.office import applicant_of, clerk, signed_in

pytestmark = pytest.mark.django_db


def at(name, *args):
    return reverse(f"quality_mark:{name}", args=args)


def rules(**given):
    """Announced, with what a coordinator can say in them."""
    book = RulebookFactory(announced=False, **given)
    SubstantiveCriterion.objects.create(
        rulebook=book, code="smak", title="Smak", help_text="Czy wracają?", scale=4, weight=3, threshold=2
    )
    RequiredPaper.objects.create(rulebook=book, code="statut", title="Statut", is_required=False)
    Rulebook.objects.filter(pk=book.pk).update(published_at=NOW - timedelta(days=200))
    book.refresh_from_db()
    return book


def words(response):
    return response.text.replace("\xa0", " ")


def test_all_that_a_case_is_judged_by_can_be_read_without_an_account(client):
    book = rules(
        regulations="§ 1. Znak jest bezpłatny.\n\n<b>§ 2.</b>", pass_share="62.50", complaint_body="Marszałek"
    )
    page = words(client.get(at("rules")))
    for said in (
        "§ 1. Znak jest bezpłatny.", "&lt;b&gt;§ 2.", "forma-prawna", "Smak", "Czy wracają?", "Statut (jeśli dotyczy)",
        "ocena od 0 do 4, waga 3, potrzeba średnio co najmniej 2", "62,5 %", "14 dni", "Skargę rozpatruje: Marszałek.",
        f"wersja {book.version}, obowiązuje od 1 stycznia 2026",
    ):  # fmt: skip
        assert said in page
    assert at("rules") in client.get(at("about")).text


def test_every_announced_version_stays_and_says_what_it_is(client):
    old, today = rules(valid_from=date(2025, 1, 1)), rules()
    coming = rules(valid_from=timezone.localdate() + timedelta(days=9))
    draft = RulebookFactory(announced=False)
    assert "Inne wersje" in client.get(at("rules")).text
    assert "wcześniejsza wersja" in client.get(at("rules_version", old.version)).text
    assert "zacznie obowiązywać" in client.get(at("rules_version", coming.version)).text
    now = client.get(at("rules_version", today.version)).text
    assert ("wcześniejsza wersja" in now, "zacznie obowiązywać" in now) == (False, False)
    assert at("rules_version", old.version) in now
    assert at("rules_version", draft.version) not in now
    for unknown in (draft.version, 0, 10**40):
        assert client.get(at("rules_version", unknown)).status_code == 404


def test_without_announced_rules_there_is_no_page_and_no_link_to_it(client):
    assert client.get(at("rules")).status_code == 404
    for name in ("about", "process"):
        assert at("rules") not in client.get(at(name)).text


def test_whoever_declares_to_know_the_rules_finds_those_of_their_case(client):
    old = rules(valid_from=date(2025, 1, 1))
    rules()
    draft = ApplicationFactory(rulebook=old)
    person = signed_in(applicant_of(draft))
    page = at("rules_version", old.version)
    assert page in person.get(at("step", draft.pk, "oswiadczenia")).text
    assert page not in person.get(at("step", draft.pk, "oferta")).text
    case = ApplicationFactory(rulebook=old, state="submitted", offer__organisation=draft.offer.organisation)
    assert page in person.get(at("application", case.pk)).text
    assert page in signed_in(clerk()).get(at("case", case.pk)).text
