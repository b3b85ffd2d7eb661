"""What nobody types by accident, in every field of every page of the mark: never a 5xx."""

import itertools
from html.parser import HTMLParser

import pytest
import time_machine
from django.conf import settings
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.urls import reverse

from accounts.choices import Role
from core import links
from quality_mark.applying import steps
from quality_mark.choices import ApplicationState as A
from quality_mark.letters import RECOMMENDATION
from quality_mark.models import Intake, Mark, MisuseReport, RequiredPaper, SurveyQuestion
from quality_mark.use_cases import agreements, complaints, supervision, votes
from tests.accounts.factories import account, hold
from tests.events.test_hostile_input import FILES
from tests.quality_mark import judging, marks, office
from tests.quality_mark.factories import NOW, ApplicationFactory, RulebookFactory
from tests.registry.factories import OfferFactory

pytestmark = pytest.mark.django_db
# How a field, an id and an address handle each kind of thing that is none.
WORDS = {
    "nul": "a\0b",
    "long": "Ż" * 10_000,
    "an id of nothing": "9" * 17,
    "digits": "9" * 5_000,
    "digits of others": "٣²",
    "first day": "0001-01-01",
    "last day": "9999-12-31",
    "nested": "[" * 5_000,
    "emoji": "👩\u200d👧 \u202eabc\u202c",
}
# In fields of text, beside valid choices and ids: these reach the verbs, and the documents that they make.
WRITTEN = ("long", "emoji")
TEXTS = ("text", "textarea", "email", "number", "date", "time", "url", "search", "tel")
# Buttons that are drawn only beside something, and those that somebody writes by hand.
BY_HAND = {
    "assigning_case": [("co", one) for one in ("przydziel", "dobierz", "odsun", "cofnij", "kapitula", "skrot", "x")],
    "sitting": [("co", one) for one in ("dodaj", "dodaj-znak", "wyzej", "zdejmij", "obecnosc", "x")],
    "agenda_item": [("co", one) for one in ("glos", "wylaczenie", "wyjasnienia", "x")],
    "assessment": [("co", one) for one in ("konflikt", "ocena", "uwaga", "cofnij", "x")],
    "term": [("co", "koniec")],
    "commission": [("co", "posiedzenie"), ("co", "kadencja")],
}
MORE = ("wniosek", "znak", "punkt", "osoba", "ocena", "usun", "przypomnij", "prowadzi", "ile", "seen", "page", "jak")


@pytest.fixture(autouse=True)
def _quiet():
    with time_machine.travel(NOW, tick=False):
        yield


def a_draft(organisation):
    book = RulebookFactory(announced=False)
    for number, answer in enumerate(("text", "long_text", "choice", "several", "yes_no", "date", "declaration")):
        choices = ["a", "b"] if answer in ("choice", "several") else []
        SurveyQuestion.objects.create(rulebook=book, code=f"q{number}", label="?", answer=answer, choices=choices)
    RequiredPaper.objects.create(rulebook=book, code="wyciag", title="Wyciąg")
    type(book).objects.filter(pk=book.pk).update(published_at=NOW)
    return ApplicationFactory(offer=OfferFactory(organisation=organisation), rulebook=book)


def addresses(mighty, person, organisation):
    """[(client's number, name of the page, address)]: 0 the applicant, 1 somebody with every role of the mark."""
    Intake.objects.create(name="Nabór", opens_on="2026-01-01", announced_at=NOW)
    mine = {"offer__organisation": organisation}
    draft = a_draft(organisation)
    asked = draft.recommendations.create(recommender="Szkoła", email="s@example.pl", asked_at=NOW)
    called = office.checked(mighty, **mine)
    office.called(called, mighty)
    granted, refused = ApplicationFactory(state=A.GRANTED, **mine), ApplicationFactory(state=A.REFUSED, **mine)
    agreements.prepare(application_id=granted.pk, now=NOW)
    mark = marks.marked(number="ZP/2025/701", offer=OfferFactory(organisation=organisation))
    supervision.suspend(mark_id=mark.pk, reason="Kontrola.", actor=mighty, now=NOW)
    complaints.complain_about_mark(mark_id=mark.pk, text="Nie.", actor=person, now=NOW)
    applicant = [
        ("may_i", OfferFactory(organisation=organisation).pk), ("recommend", links.token(RECOMMENDATION, asked)),
        *(("step", draft.pk, step) for step in steps.steps_of(draft.kind) if step in steps.WRITTEN),
        *((name, draft.pk) for name in ("papers", "recommendations", "summary")),
        ("own_call", called.pk), ("own_messages", called.pk), ("withdrawal", called.pk), ("agreement", granted.pk),
        ("application_complaint", refused.pk), ("mark_complaint", mark.pk), ("explanation", mark.pk),
        ("renewal", mark.pk), ("sign_pack", mark.pk), ("misuse",), ("verification_search",),
    ]  # fmt: skip
    return [(0, name, reverse(f"quality_mark:{name}", args=args)) for name, *args in applicant] + [
        (1, name, reverse(f"quality_mark:{name}", args=args)) for name, *args in of_office(mighty, mark)
    ]


def of_office(mighty, suspended):
    sent, checked = ApplicationFactory(state=A.SUBMITTED), office.checked(mighty)
    case = judging.case()
    first, _ = judging.assigned(case, [mighty, *judging.assessors(1)], mighty).values()
    voted = judging.case(A.COMMISSION)
    term, members = judging.commission_of(mighty)
    seat = term.members.create(person=mighty, joined_on=NOW.date())
    sitting = judging.sitting_with(term, [voted], mighty, members=[*members, seat])
    votes.open_vote(item_id=sitting.items.get().pk, actor=mighty, now=NOW)
    unmet = office.checked(mighty)
    office.met(unmet, mighty, is_met=False)
    mark, granted = marks.marked(number="ZP/2025/702"), marks.granted()
    report = MisuseReport.objects.create(place="sklep", message="x", reported_at=NOW, mark=mark)
    return [
        ("case_take", sent.pk), ("case_take_over", checked.pk), ("formal_check", checked.pk),
        ("case_call", checked.pk), ("case_messages", checked.pk),
        *(("case_step", checked.pk, step) for step in ("pass", "untake", "fail", "leave", "uncall")),
        ("assessment", first.pk), ("assessment_visit", first.pk), ("assigning_case", case.pk),
        ("case_visit", case.pk), ("commission",), ("term", term.pk), ("sitting", sitting.pk),
        ("agenda_item", sitting.items.get().pk), ("decisions",), ("decision", unmet.pk),
        ("agreement_desk", granted.pk), ("make_certificates",), ("marks",), ("mark_draw",), ("sign_files",),
        *(("mark_step", mark.pk, step) for step in ("suspend", "resume", "revoke", "unrevoke")),
        ("mark_review", mark.pk), ("mark_opinion", suspended.pk), ("report_desk", report.pk),
        ("complaint_desk", suspended.complaints.get().pk),
    ]  # fmt: skip


@pytest.fixture
def scene():
    """(clients, pages): the applicant's browser, and that of somebody with every role of the mark."""
    mighty = account(Role.COORDINATOR, email="wszystko@example.pl")
    for role in (Role.DIRECTOR, Role.COMMISSION, Role.ASSESSOR):
        hold(mighty, role)
    person = account(Role.REPRESENTATIVE)
    organisation = person.grants.get().organisation
    type(organisation).objects.filter(pk=organisation.pk).update(published_at=NOW)
    clients = []
    for one in (person, mighty):
        client = Client(raise_request_exception=False)
        client.force_login(one, settings.AUTHENTICATION_BACKENDS[0])
        clients.append(client)
    return clients, addresses(mighty, person, organisation)


class Forms(HTMLParser):
    """The forms of a page: [(action, {field: (type, value)}, [(name, value) of its buttons])]."""

    def __init__(self, html):
        super().__init__()
        self.found, self.select = [], None
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag == "form" and (given.get("method") or "").lower() == "post":
            self.found.append((given.get("action") or "", {}, []))
        elif not self.found:
            return
        elif tag == "button" and given.get("name"):
            self.found[-1][2].append((given["name"], given.get("value", "")))
        elif tag in ("input", "select", "textarea") and given.get("name"):
            type_ = given.get("type") or ("text" if tag == "input" else tag)
            self.found[-1][1][given["name"]] = (type_, given.get("value", "on"))
            self.select = given["name"]
        elif tag == "option" and given.get("value") and self.select in self.found[-1][1]:
            self.found[-1][1][self.select] = ("select", given["value"])


def posted(client, address, data):
    """The status; whatever was moved stands as before, so that the next one meets the same page."""
    cache.clear()
    with transaction.atomic():
        answer = client.post(address, data)
        for close in getattr(answer, "_resource_closers", []):
            close()
        transaction.set_rollback(True)
    return answer.status_code


def drawn(client, address, name):
    """[(where it goes, {field: (type, value)}, its buttons)], also what is pressed by hand."""
    found = Forms(client.get(address).text).found or [(address, {}, [])]
    fields = {name: one for _, names, _ in found for name, one in names.items()} | dict.fromkeys(MORE, ("text", ""))
    found += [(address, fields, [one]) for one in BY_HAND.get(name, [])]
    return [(action if action.startswith("/") else address, *more) for action, *more in found]


def test_no_words_in_any_field_break_a_page(scene):
    clients, pages = scene
    broken, told = [], set()
    for who, name, address in pages:
        for goes, fields, buttons in drawn(clients[who], address, name):
            whole = {kind: dict.fromkeys(fields, WORDS[kind]) for kind in ("nul", "an id of nothing")}
            beside = {
                kind: {one: WORDS[kind] if type_ in TEXTS else value for one, (type_, value) in fields.items()}
                for kind in WRITTEN
            }
            for data in (*whole.values(), *beside.values()):
                for button in buttons or [()]:
                    status = posted(clients[who], goes, data | dict([button] if button else []))
                    told.add(status)
                    broken += [(goes, button, data)] if status >= 500 else []
    assert broken == []
    assert {302, 404, 422} <= told


LISTS = {
    0: ("overview", "register", "about", "verification_search", "misuse", "register_map"),
    1: ("case_board", "assessments", "assigning", "commission", "decisions", "agreements", "marks", "statistics",
        "statistics_file", "sign_files"),
}  # fmt: skip
ASKED = ("q", "stan", "page", "dzien", "kto", "po_terminie", "powiat", "gmina", "category", "status", "podmiot",
         "view", "numer", "rok", "ramka")  # fmt: skip
ASKED_FOR = ("nul", "long", "digits", "digits of others", "last day")
NUMBERS = ("ZP-2026-001\n", "ZP–2026–001", "zp 2026 1", "%00", "ZP-2026-" + "9" * 400, "Ⅸ" * 90, "..%2f..", "٣" * 9)


def test_no_words_in_any_address_break_a_page(scene):
    clients, pages = scene
    slug = Mark.objects.first().number.replace("/", "-")
    asked = [(who, reverse(f"quality_mark:{name}")) for who, names in LISTS.items() for name in names]
    asked += [(0, reverse(f"quality_mark:{name}", args=[slug])) for name in ("verification", "verification_json")]
    asked += [(0, reverse("quality_mark:register_export", args=[name])) for name in ("csv", "json")]
    broken = []
    for who, address in asked:
        for word in [WORDS[kind] for kind in ASKED_FOR]:
            status = clients[who].get(address, dict.fromkeys(ASKED, word)).status_code
            broken += [(address, word)] if status >= 500 else []
    for number, end in itertools.product(NUMBERS, ("/", ".json", "/znaczek.svg")):
        broken += [number] if clients[0].get(f"/znak/weryfikacja/{number}{end}").status_code >= 500 else []
    for pk, word in itertools.product((0, 2**31, 2**63, 10**30), ("", "umowa/", "skarga/", "krok/cel/")):
        broken += [(pk, word)] if clients[0].get(f"/panel/znak/{pk}/{word}").status_code != 404 else []
    assert broken == []


WITH_FILES = {"papers", "recommendations", "agreement", "assessment_visit", "sign_files"}


def test_no_file_breaks_a_page(scene):
    clients, pages = scene
    broken, tried = [], set()
    for who, name, address in pages:
        if name not in WITH_FILES:
            continue
        for goes, fields, buttons in drawn(clients[who], address, name):
            files = [one for one, (type_, _) in fields.items() if type_ == "file"]
            for kind in FILES if files else ():
                data = {one: value if type_ == "hidden" else "2026-11-20" for one, (type_, value) in fields.items()}
                data |= {one: SimpleUploadedFile("../..\\a\u202e\n.pdf", FILES[kind]) for one in files}
                status = posted(clients[who], goes, data | dict(buttons[:1]))
                tried.add(name)
                broken += [(address, kind)] if status >= 500 else []
    assert broken == []
    assert tried == WITH_FILES
