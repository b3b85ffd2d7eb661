"""The coordinators' board and the page of one case: what they find, what they say, how many queries they ask."""

from datetime import timedelta

import pytest
import time_machine
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils import timezone

from accounts.choices import Role
from accounts.workspace import gathered
from notifications.models import OutgoingEmail
from quality_mark import workflow
from quality_mark.applying import steps
from quality_mark.choices import Actor, ApplicationState
from quality_mark.office.buttons import PAGES, buttons
from quality_mark.office.clock import clock_of
from quality_mark.office.letters import MESSAGE, MESSAGE_TO_OFFICE
from tests.accounts.factories import account
from tests.quality_mark.factories import NOW, ApplicationFactory
from tests.quality_mark.office import address, applicant_of, called, case_in, checked, clerk, signed_in

pytestmark = pytest.mark.django_db
A = ApplicationState
BOARD = reverse("quality_mark:case_board")


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def ola():
    return clerk()


@pytest.fixture
def browser(ola):
    return signed_in(ola)


def numbers(browser, **asked):
    response = browser.get(BOARD, asked)
    assert response.status_code == 200
    return [line["application"].number for line in response.context["lines"]]


def test_the_board_shows_what_is_running_with_the_nearest_deadline_first(browser):
    for number, state, days in (("1", A.SUBMITTED, 5), ("2", A.CORRECTION, 1), ("3", A.REFUSED, None)):
        due = NOW + timedelta(days=days) if days else None
        ApplicationFactory(state=state, number=f"ZP/2026/10{number}", due_at=due)
    ApplicationFactory(state=A.DRAFT)
    ApplicationFactory(state=A.WITHDRAWN)
    assert numbers(browser) == ["ZP/2026/102", "ZP/2026/101"]
    assert numbers(browser, stan="refused") == ["ZP/2026/103"]
    assert len(numbers(browser, stan="wszystkie")) == 3
    tabs = {tab["label"]: tab["count"] for tab in browser.get(BOARD).context["tabs"]}
    assert tabs == {
        "w toku": 2, "złożony, czeka na przyjęcie": 1, "wezwanie do uzupełnienia": 1, "odmowa": 1, "wszystkie": 3,
    }  # fmt: skip


def test_the_board_is_narrowed_by_person_deadline_and_words(browser, ola):
    facts = {"applicant": {"name": "Fundacja Żuraw", "nip": "8990000083"}, "offer__name": "Łatanie dachów"}
    mine = case_in(A.FORMAL_CHECK, handled_by=ola, due_at=NOW, **facts)
    case_in(A.SUBMITTED, due_at=NOW + timedelta(days=1))
    assert numbers(browser, kto="moje") == [mine.number]
    assert len(numbers(browser, kto="nikt")) == 1
    assert numbers(browser, po_terminie="on") == [mine.number]
    for words in ("zuraw", "8990000083", mine.number, " dachów łatanie "):
        assert numbers(browser, q=words) == [mine.number]
    assert numbers(browser, q="nie ma takiego") == []


@pytest.mark.parametrize("asked", [{"stan": "draft"}, {"stan": "x"}, {"kto": "'"}, {"q": "a" * 10_000}])
def test_an_unknown_filter_is_told_and_finds_nothing(browser, asked):
    case_in(A.SUBMITTED)
    response = browser.get(BOARD, asked)
    assert response.status_code == 422
    assert response.context["lines"] == []


def test_odd_pages_of_the_board_are_pages(browser):
    case_in(A.SUBMITTED)
    for asked in ({"page": "9" * 5000}, {"page": "-1"}, {"q": "((((.*"}, {"q": "%_\\"}):
        assert browser.get(BOARD, asked).status_code == 200


def test_the_board_asks_as_many_queries_for_thirty_as_for_one(browser, ola, django_assert_max_num_queries):
    def one():
        case = case_in(A.FORMAL_OK, handled_by=ola, due_at=NOW)
        case.pauses.create(since=NOW - timedelta(days=1), until=NOW)
        case.messages.create(is_of_office=False, text="Kiedy?", at=NOW)

    one()
    browser.get(BOARD)
    with django_assert_max_num_queries(20) as first:
        browser.get(BOARD)
    for _ in range(29):
        one()
    with django_assert_max_num_queries(len(first)):
        response = browser.get(BOARD)
    assert len(response.context["lines"]) == 30


def full_case(ola, count):
    """A case with so many papers, recommendations, messages and steps."""
    case = checked(ola)
    for number in range(count):
        paper = case.papers.create(
            code="wyciag", file=ContentFile(b"%PDF-1.7", "a.pdf"), name=f"krs{number}.pdf", uploaded_at=NOW, size=8,
            content_type="application/pdf", sha256="0" * 64, is_of_office=number % 2 == 1,
        )  # fmt: skip
        case.recommendations.create(recommender=f"Gmina {number}", paper=paper, given_at=NOW)
        case.messages.create(is_of_office=bool(number % 2), text=f"Słowo {number}", at=NOW, author=ola)
        case.steps.create(name="take", source=A.SUBMITTED, target=A.FORMAL_CHECK, actor=ola, paper=paper, at=NOW)
    call = case.calls.create(number=1, sent_at=NOW, due_at=NOW + timedelta(days=7), answered_at=NOW)
    for number in range(1, count + 1):
        call.faults.create(number=number, text="Popraw.", step=steps.AIM, field="aim", before=[])
    return case


@pytest.mark.parametrize("name", ["case", "formal_check", "case_messages", "case_call"])
def test_the_pages_of_a_case_ask_as_many_queries_however_long_it_is(browser, ola, name, django_assert_num_queries):
    short, long = full_case(ola, 1), full_case(ola, 12)
    browser.get(address(name, short))
    with django_assert_num_queries(_queries(browser, address(name, short))):
        assert browser.get(address(name, long)).status_code == 200


def _queries(browser, url):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as asked:
        browser.get(url)
    return len(asked)


def test_a_case_says_what_was_sent_in_words(browser, ola):
    case = checked(
        ola,
        applicant={"name": "Fundacja Dawna", "nip": "8990000083", "town": "Świdnica"},
        offer_facts={"name": "Koszenie"},
        answers={
            steps.AIM: {"aim": "<b>praca</b>", "groups": ["zle"], "results": ""},
            steps.MONEY: {"year1": "2025", "total1": "200000", "own1": "90000,50"},
            steps.DECLARATIONS: {"true": "on"},
        },
    )
    page = browser.get(address("case", case)).content.decode().replace("\N{NO-BREAK SPACE}", " ")
    for words in (
        "Fundacja Dawna",
        "899 000 00 83",
        "&lt;b&gt;praca&lt;/b&gt;",
        "90 000,50 zł",
        "Przychody własne to 45,00",
    ):
        assert words in page
    assert "<dt>Informacje we wniosku są prawdziwe.</dt><dd>tak</dd>" in page


def test_buttons_are_the_steps_of_the_table_and_each_has_a_page():
    known = {move.name for move in workflow.applications if Actor.CLERK in move.actors}
    assert set(PAGES) <= known
    shown = [button["label"] for button in buttons(case_in(A.FORMAL_CHECK), now=NOW)]
    assert shown == [
        "Oceń kryteria formalne",
        "Wezwij do uzupełnienia",
        "Ocena formalna pozytywna",
        "Cofnij wzięcie do oceny",
    ]
    # Before its last day nothing is left unexamined.
    called = case_in(A.CORRECTION, due_at=NOW + timedelta(days=3))
    assert [one["label"] for one in buttons(called, now=NOW)] == ["Cofnij wezwanie"]
    assert "Pozostaw bez rozpatrzenia" in [one["label"] for one in buttons(called, now=called.due_at)]
    assert buttons(case_in(A.REFUSED), now=NOW) == []


@pytest.mark.parametrize(
    ("state", "label"),
    [
        (A.FORMAL_OK, "Przekaż do oceny merytorycznej"),
        (A.ASSESSMENT, "Przekaż Kapitule"),
        (A.GRANTED, "Umowa podpisana przez obie strony"),
    ],
)
def test_the_case_leads_on_to_assessment_commission_and_agreement(browser, state, label):
    [step] = [button for button in buttons(case_in(state), now=NOW) if button["label"] == label]
    assert browser.get(step["url"]).status_code == 200


def test_a_draft_is_no_case_of_the_office(browser):
    assert browser.get(address("case", ApplicationFactory())).status_code == 404


def test_taking_is_a_press_and_looking_takes_nothing(browser, ola):
    case = case_in(A.SUBMITTED)
    assert browser.get(address("case_take", case)).status_code in (404, 405)
    case.refresh_from_db()
    assert case.state == A.SUBMITTED
    browser.post(address("case_take", case))
    case.refresh_from_db()
    assert (case.state, case.handled_by) == (A.FORMAL_CHECK, ola)
    ewa = signed_in(clerk("ewa@example.pl"))
    told = ewa.post(address("case_take", case), follow=True).content.decode()
    assert "prowadzi już ola@example.pl" in told
    ewa.post(address("case_take_over", case), {"prowadzi": "x" * 50})
    case.refresh_from_db()
    assert case.handled_by == ola


def test_the_clock_is_told_in_words(ola):
    def words(state, **given):
        return clock_of(case_in(state, **given), now=NOW).words

    assert words(A.FORMAL_CHECK) == "ruszy, gdy wniosek będzie kompletny"
    assert words(A.CORRECTION) == "stoi, bo czekamy na uzupełnienie"
    assert words(A.ASSESSMENT, complete_at=NOW) == "zostały 92 dni"
    assert words(A.ASSESSMENT, complete_at=NOW - timedelta(days=100)) == "przekroczony o 7 dni"
    assert words(A.REFUSED) == "zamknięty"


def test_time_in_which_the_applicant_was_waited_for_is_added():
    case = case_in(A.ASSESSMENT, complete_at=NOW)
    case.pauses.create(since=NOW, until=NOW + timedelta(days=5))
    assert clock_of(case, now=NOW + timedelta(days=10)).days == 92 - 10 + 6  # the last day moves on from a Sunday
    open_case = case_in(A.CORRECTION, complete_at=NOW)
    open_case.pauses.create(since=NOW)
    one, later = (clock_of(open_case, now=NOW + timedelta(days=days)) for days in (1, 3))
    assert (one.days, one.words) == (later.days, "stoi, zostały 92 dni")


def test_messages_go_both_ways_and_nobody_learns_who_wrote_for_the_office(browser, ola):
    case = checked(ola)
    person = applicant_of(case)
    applicant = signed_in(person)
    assert browser.post(address("case_messages", case), {"text": "Kiedy wizyta?"}).status_code == 302
    assert applicant.post(address("own_messages", case), {"text": "W środę <b>"}).status_code == 302
    assert applicant.post(address("own_messages", case), {"text": "W środę <b>"}).status_code == 302
    assert list(case.messages.values_list("is_of_office", "text")) == [(True, "Kiedy wizyta?"), (False, "W środę <b>")]
    assert OutgoingEmail.objects.get(template=MESSAGE).to == person.email
    assert OutgoingEmail.objects.get(template=MESSAGE_TO_OFFICE).to == ola.email
    page = applicant.get(address("own_messages", case)).content.decode()
    assert "Kiedy wizyta?" in page
    assert "W środę &lt;b&gt;" in page
    assert ola.email not in page
    assert browser.get(BOARD).context["lines"][0]["has_message"]


def test_strangers_read_and_write_no_messages(browser, ola):
    case = checked(ola)
    stranger = signed_in(account(Role.REPRESENTATIVE))
    assert stranger.get(address("own_messages", case)).status_code == 404
    assert stranger.post(address("own_messages", case), {"text": "x"}).status_code == 404
    assert not case.messages.exists()


@pytest.mark.parametrize("text", ["", "   ", "\0", "x" * 10_000])
def test_a_message_that_is_none_is_told_and_kept_in_the_field(browser, ola, text):
    case = checked(ola)
    for who, name in ((browser, "case_messages"), (signed_in(applicant_of(case)), "own_messages")):
        response = who.post(address(name, case), {"text": text})
        assert response.status_code == 422
    assert not case.messages.exists()


HOSTILE = ["\0", "x" * 10_000, "9" * 5000, "-1", "' OR 1=1", "{number}", "<script>", "🐦\u202e"]


@pytest.mark.parametrize("text", HOSTILE)
def test_no_word_breaks_the_forms_of_a_case(browser, ola, text):
    case = checked(ola)
    first = case.rulebook.formalcriterion_set.first()
    person = signed_in(applicant_of(case))
    posts = [
        (browser, address("formal_check", case), {f"kryterium-{first.pk}": text, f"notatka-{first.pk}": text}),
        (browser, address("case_call", case), {"ile": text, "text": text, "brak0-text": text, "brak0-place": text}),
        (browser, address("case_call", case), {"ile": "1", "brak0-text": text, "podglad": "1"}),
        (browser, address("case_step", case, step="unpass"), {"reason": text}),
        (browser, address("case_take_over", case), {"prowadzi": text}),
        (person, address("own_call", case), {"explanation": text}),
    ]
    for who, url, data in posts:
        assert who.post(url, data).status_code in (200, 302, 422), (url, data)


def test_the_panel_of_a_coordinator_tells_what_waits_with_the_nearest_day(ola):
    case_in(A.SUBMITTED, due_at=NOW + timedelta(days=9))
    case_in(A.SUBMITTED, due_at=NOW + timedelta(days=3))
    checked(ola, due_at=NOW + timedelta(days=1)).messages.create(is_of_office=False, text="?", at=NOW)
    waiting, places = gathered(ola, timezone.now())
    told = {one.label: one.until for one in waiting if "znak" in one.label}
    assert told == {
        "Prowadzisz: 1 wniosek o znak, które czekają na biuro": timezone.localdate(NOW + timedelta(days=1)),
        "Do przyjęcia: 2 wnioski o znak": timezone.localdate(NOW + timedelta(days=3)),
        "Bez odpowiedzi: 1 wiadomość w Twoich sprawach znaku": None,
    }
    assert [("Sprawy znaku", BOARD)] in [place.links for place in places]


def test_the_panel_of_an_applicant_tells_of_a_call(ola):
    case = checked(ola)
    person = applicant_of(case)
    called(case, ola)
    waiting, _ = gathered(person, timezone.now())
    assert [(one.label, one.url) for one in waiting if "Uzupełnij" in one.label] == [
        (f"Uzupełnij wniosek o znak {case.number}", address("own_call", case))
    ]


def test_the_applicants_list_leads_to_the_case(ola):
    case = checked(ola)
    page = signed_in(applicant_of(case)).get(reverse("quality_mark:overview")).content.decode()
    assert address("application", case) in page
