"""The public page of a notice and of a position of a plan."""

import json
import re
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from procurement.choices import NoticeState, OpeningPrecision, UpdateKind
from procurement.models import ClauseKind, PlanItem, PlanVersion, Rule
from procurement.models.postings import posting_address
from procurement.notices.countdown import countdown
from tests.accounts.factories import authority
from tests.procurement.factories import NoticeFactory, PlanItemFactory, published
from tests.registry.factories import NOW

pytestmark = pytest.mark.django_db


def page(client, row, subject=None):
    return client.get(posting_address(row.pk, subject or row.subject))


def words(response):
    return response.content.decode().replace("\xa0", " ")


@pytest.fixture
def notice():
    return NoticeFactory(
        authority=authority(name="Gmina Żórawina"), subject="Żywienie przedszkolaków", cpv=["55520000"]
    )


def test_any_words_lead_to_the_right_address(client, notice):
    right = f"/zamowienia/{notice.pk}-zywienie-przedszkolakow/"
    assert posting_address(notice.pk, notice.subject) == right
    wrong = client.get(f"/zamowienia/{notice.pk}-cos-innego/")
    assert (wrong.status_code, wrong.url) == (301, right)
    assert client.get(right).status_code == 200


@pytest.mark.parametrize("number", ["0", "999999", "9" * 30])
def test_a_number_nobody_has_is_not_there(client, number):
    assert client.get(f"/zamowienia/{number}-cokolwiek/").status_code == 404


@pytest.mark.parametrize("state", [NoticeState.DRAFT, NoticeState.SCHEDULED])
def test_what_is_not_public_does_not_even_tell_its_words(client, state):
    notice = NoticeFactory(state=state, publish_at=NOW)
    assert client.get(f"/zamowienia/{notice.pk}-x/").status_code == 404


def test_what_was_withdrawn_says_so_and_why(client):
    notice = NoticeFactory(
        state=NoticeState.WITHDRAWN, end_reason="Brak środków w budżecie.", ended_at=NOW, description="Szczegóły"
    )
    answer = page(client, notice)
    assert answer.status_code == 410
    assert "Brak środków w budżecie." in words(answer)
    assert "Szczegóły" not in words(answer)


def test_clauses_are_said_in_plain_words_with_their_article(client, notice):
    notice.clauses.create(
        kind=ClauseKind.objects.get(code="art96"), groups=["bezrobotni", "niepelnosprawni"], people=1, months=12
    )
    text = words(page(client, notice))
    for expected in ("art. 96 PZP", "1 osoba", "12 miesięcy", "osoby bezrobotne, osoby z niepełnosprawnościami"):
        assert expected in text
    assert "Nie są poradą prawną" in text


def test_a_hidden_value_stands_nowhere(client):
    notice = NoticeFactory(value=123_456, value_is_public=False, band="krajowe", judged_by=Rule.objects.first())
    notice.parts.create(number=1, subject="Szkoły", value=123_456)
    # However its thousands are parted.
    assert "123456" not in re.sub(r"(?<=\d)\s(?=\d)", "", words(page(client, notice)))


def test_which_row_of_the_rules_judged_it_is_said(client):
    rule = Rule.objects.get(kind="prog-ustawy", valid_until=None)
    notice = NoticeFactory(value=1000, band="podprogowe", judged_by=rule)
    assert "Próg według: art. 2 ust. 1 pkt 1 PZP, stan od 1 stycznia 2026" in words(page(client, notice))


def test_who_can_deliver_is_one_link_away(client):
    notice = NoticeFactory(subject="Obiady", cpv=["55520000"], municipality_id="0264011", county_id="0264")
    notice.clauses.create(kind=ClauseKind.objects.get(code="art94"), percent=30)
    expected = "/zamowienia/kto-to-zrobi/?q=Obiady&amp;cpv=55520000&amp;powiat=0264&amp;gmina=0264011&amp;art=94"
    assert expected in words(page(client, notice))


def test_machines_read_the_same(client, notice):
    text = page(client, notice).content.decode()
    organisation, crumbs = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', text, re.S)[1])
    assert organisation["seeks"]["name"] == notice.subject
    assert organisation["seeks"]["identifier"] == notice.posting.ocid
    assert [item["name"] for item in crumbs["itemListElement"]] == ["Zamówienia", notice.subject]


@pytest.mark.parametrize("number", [1, 30])
def test_the_page_asks_the_same_however_much_is_on_it(client, notice, number, django_assert_num_queries):
    kind = ClauseKind.objects.get(code="art96")
    for n in range(1, number + 1):
        part = notice.parts.create(number=n, subject="Szkoła")
        notice.clauses.create(kind=kind, groups=["bezrobotni"])
        notice.documents.create(title="Opis", url="https://example.pl", added_at=NOW)
        award = notice.awards.create(
            part=part, supplier=notice.authority.institution, supplier_name="A", decided_on=NOW
        )
        award.reports.create(reported_on=NOW, people_employed=1)
        notice.steps.create(name="correct", source="ogloszone", target="ogloszone", made_at=NOW)
    address = posting_address(notice.pk, notice.subject)
    with django_assert_num_queries(17):
        assert client.get(address).status_code == 200


# How much time is left


@pytest.mark.parametrize(
    ("left", "expected", "is_open"),
    [
        (timedelta(minutes=-1), "termin minął 22 listopada 2026, godz. 12.59", False),
        (timedelta(hours=2), "dziś do godz. 15.00", True),
        (timedelta(days=1), "jutro do godz. 13.00", True),
        (timedelta(days=2), "zostały 2 dni, do 24 listopada 2026, godz. 13.00", True),
        (timedelta(days=5), "zostało 5 dni, do 27 listopada 2026, godz. 13.00", True),
    ],
)
def test_the_time_that_is_left_in_words(left, expected, is_open):
    found = countdown(NOW + left, now=NOW)
    assert (found.words.replace("\xa0", " "), found.is_open) == (expected, is_open)


def test_no_deadline_no_words():
    assert countdown(None, now=NOW) is None


# Documents


def document(notice, content=b"%PDF-1.4", kind="application/pdf", name="a.pdf"):
    return notice.documents.create(
        title="Opis żółtej łąki", file=SimpleUploadedFile(name, content), content_type=kind, added_at=NOW
    )


def test_a_document_of_a_public_notice_is_for_everybody(client, notice):
    answer = client.get(reverse("procurement:document", args=[document(notice).pk]))
    assert b"".join(answer.streaming_content) == b"%PDF-1.4"
    assert answer["Content-Disposition"] == 'inline; filename="opis-zoltej-laki.pdf"'
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_only_pdf_opens_in_the_browser(client, notice):
    answer = client.get(reverse("procurement:document", args=[document(notice, b"x", "application/rtf", "a.rtf").pk]))
    assert answer["Content-Disposition"].startswith("attachment")
    b"".join(answer.streaming_content)


@pytest.mark.parametrize("state", [NoticeState.DRAFT, NoticeState.WITHDRAWN])
def test_a_document_of_what_is_not_public_is_not_there(client, state):
    assert (
        client.get(reverse("procurement:document", args=[document(NoticeFactory(state=state)).pk])).status_code == 404
    )


def test_a_link_is_no_file_and_a_lost_file_is_not_there(client, notice):
    link = notice.documents.create(title="Opis", url="https://example.pl", added_at=NOW)
    lost = document(notice)
    lost.file.storage.delete(lost.file.name)
    for one in (link, lost):
        assert client.get(reverse("procurement:document", args=[one.pk])).status_code == 404


# A position of a plan


def next_version(item, **changed):
    """The plan of this item once more, published, with something changed."""
    version = PlanVersion.objects.create(plan=item.version.plan, number=item.version.number + 1, created_at=NOW)
    fields = {"subject": item.subject, "nature": item.nature, "value": item.value}
    PlanItem.objects.create(version=version, position=item.position, **fields | changed)
    return published(version)


@pytest.fixture
def item():
    item = PlanItemFactory(subject="Sprzątanie urzędu", cpv=["90919200"])
    item.clauses.create(kind=ClauseKind.objects.get(code="art95"))
    published(item.version)
    return item


def test_a_position_shows_its_item_its_versions_and_its_notices(client, item):
    public = NoticeFactory(position=item.position, subject="Ogłoszone sprzątanie")
    NoticeFactory(position=item.position, state=NoticeState.DRAFT, subject="Tajny szkic")
    text = words(page(client, item.position, item.subject))
    for expected in (
        "Pozycja 1.3.1 planu postępowań na 2027 rok", "180 000 zł", "II kwartał 2027", "90919200-4", "art. 95 PZP",
        posting_address(public.pk, public.subject), item.position.posting.ocid,
    ):  # fmt: skip
        assert expected in text
    assert "Tajny szkic" not in text


def test_the_newest_version_speaks_and_the_older_stay_to_be_read(client, item):
    next_version(
        item, subject="Sprzątanie ratusza", update_kind=UpdateKind.CHANGED,
        changes={"Przedmiot": ["Sprzątanie urzędu", "Sprzątanie ratusza"]},
    )  # fmt: skip
    old = page(client, item.position, item.subject)
    assert (old.status_code, old.url) == (302, posting_address(item.position_id, "Sprzątanie ratusza"))
    text = words(client.get(old.url))
    assert "Sprzątanie urzędu</del>" in text
    assert text.index("Wersja 2") < text.index("Wersja 1")


@pytest.mark.parametrize("said", [True, False])
def test_what_was_given_up_says_so(client, item, said):
    if said:
        next_version(item, update_kind=UpdateKind.DROPPED)
    else:
        published(PlanVersion.objects.create(plan=item.version.plan, number=2, created_at=NOW))
    assert "Zamawiający zrezygnował z tej pozycji." in words(page(client, item.position, item.subject))


def test_a_draft_of_a_plan_and_of_its_next_version_is_not_there(client, item):
    version = PlanVersion.objects.create(plan=item.version.plan, number=2, created_at=NOW)
    PlanItem.objects.create(version=version, position=item.position, subject="Tajne zamiary")
    assert "Tajne zamiary" not in words(page(client, item.position, item.subject))
    hidden = PlanItemFactory(subject="Tajny plan")
    assert page(client, hidden.position, hidden.subject).status_code == 404


@pytest.mark.parametrize(
    ("precision", "expected"),
    [(OpeningPrecision.MONTH, "kwiecień 2027"), (OpeningPrecision.YEAR, "2027")],
)
def test_when_it_begins_is_said_as_exactly_as_it_is_known(client, precision, expected):
    item = PlanItemFactory(opens_on=date(2027, 4, 1), opens_precision=precision)
    published(item.version)
    assert f"<dd>{expected}</dd>" in words(page(client, item.position, item.subject))


@pytest.mark.parametrize("number", [1, 30])
def test_a_position_asks_the_same_however_many_notices_it_has(client, item, number, django_assert_num_queries):
    for _ in range(number):
        NoticeFactory(position=item.position, authority=item.version.plan.authority)
        item = PlanItem.objects.get(version=next_version(item), position=item.position)
    address = posting_address(item.position_id, item.subject)
    with django_assert_num_queries(13):
        assert client.get(address).status_code == 200


def test_the_clock_of_the_page_is_now(client):
    notice = NoticeFactory(deadline_at=timezone.now() + timedelta(days=5, minutes=1))
    assert "Zostało 5 dni" in words(page(client, notice))
