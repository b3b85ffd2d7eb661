"""One message to everybody on a list: letters, replies, questions, deadlines, the record."""

import re
from datetime import timedelta
from decimal import Decimal

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.choices import Role
from core import links
from core.exceptions import Refused
from core.personal_data import find
from notifications.models import OutgoingEmail
from procurement.choices import InquiryKind, InquiryStepName, Opening
from procurement.models import Addressee, Inquiry, Reply, Shortlist
from procurement.use_cases.matching import inquiries, replies, shortlists
from procurement.use_cases.matching.inquiries import INQUIRY, link_of
from tests.accounts.factories import account, authority, hold
from tests.procurement.matching.test_who_can import cleaner
from tests.registry.factories import NOW

pytestmark = pytest.mark.django_db
DEADLINE = NOW + timedelta(days=7)
PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


@pytest.fixture
def office():
    return authority(name="Gmina Testowa")


@pytest.fixture
def officer(office):
    return account(Role.OFFICER, authority=office)


@pytest.fixture
def cards():
    return [
        cleaner("Blask", institution__email="blask@example.pl"),
        cleaner("Perła", institution__email="perla@example.pl"),
        cleaner("Bez adresu", institution__email=""),
    ]


@pytest.fixture
def shortlist(office, officer, cards):
    kept = shortlists.make_shortlist(authority=office, name="Sprzątanie", actor=officer, now=NOW)
    shortlists.put_on(shortlist=kept, found=[{"organisation": card.pk} for card in cards], actor=officer, now=NOW)
    return kept


def ask_all(shortlist, officer, **given):
    said = {
        "kind": InquiryKind.OFFERS,
        "subject": "Sprzątanie w roku 2027",
        "message": "Prosimy o cenę za miesiąc.",
        "links": ["https://bip.example.pl/opis.pdf"],
        "opening": Opening.AFTER,
        "deadline_at": DEADLINE,
    }
    return inquiries.send(shortlist=shortlist, actor=officer, now=NOW, **said | given)


def addressee(inquiry, name):
    return next(one for one in inquiry.addressees.select_related("organisation") if str(one.organisation) == name)


def answer(one, **given):
    said = {"text": "Zrobimy.", "price": Decimal("1200"), "sender_name": "Ola Nowak", "sender_email": "ola@example.pl"}
    return replies.reply(addressee=one, now=NOW, **said | given)


def letters(name):
    return list(
        OutgoingEmail.objects.filter(template=f"procurement/email/inquiry_{name}")
        .order_by("to")
        .values_list("to", flat=True)
    )


def test_everybody_gets_one_letter_at_each_address_with_a_link_of_the_own(shortlist, officer, cards):
    person = account(email="rep@example.pl")
    hold(person, Role.REPRESENTATIVE, organisation=cards[0])
    inquiry = ask_all(shortlist, officer)
    assert letters("asked") == ["blask@example.pl", "perla@example.pl", "rep@example.pl"]
    bodies = dict(OutgoingEmail.objects.values_list("to", "body"))
    opened = {
        to: links.find(INQUIRY, re.search(r"/zapytanie/([^/]+)/", body)[1], Addressee.objects.all())
        for to, body in bodies.items()
    }
    assert opened["blask@example.pl"] == opened["rep@example.pl"] == addressee(inquiry, "Blask")
    assert opened["perla@example.pl"] == addressee(inquiry, "Perła")
    for body in bodies.values():
        assert "Prosimy o cenę za miesiąc." in body
        assert "https://bip.example.pl/opis.pdf" in body
    assert [one.letters for one in inquiry.addressees.all()] == [2, 1, 0]


def test_pressed_twice_it_asks_once_and_with_somebody_new_on_the_list_again(shortlist, officer):
    first = ask_all(shortlist, officer)
    assert ask_all(shortlist, officer) == first
    assert (Inquiry.objects.count(), letters("asked")) == (1, ["blask@example.pl", "perla@example.pl"])
    assert ask_all(shortlist, officer, message="Co innego.") != first
    shortlists.put_on(shortlist=shortlist, found=[{"organisation": cleaner("Nowa").pk}], actor=officer, now=NOW)
    assert ask_all(shortlist, officer).addressees.count() == 4


def test_who_has_left_the_catalogue_is_not_asked(client, shortlist, officer, cards):
    type(cards[1]).objects.filter(pk=cards[1].pk).update(published_at=None)
    client.force_login(officer)
    page = client.get(f"/panel/zamowienia/listy/{shortlist.pk}/zapytaj/").content.decode()
    assert ("Perła" in page, "Kogo zapytasz: 2" in page) == (False, True)
    assert {str(one.organisation) for one in ask_all(shortlist, officer).addressees.all()} == {"Blask", "Bez adresu"}


def test_refusals_of_sending(shortlist, officer, office):
    with pytest.raises(Refused, match="w przyszłości"):
        ask_all(shortlist, officer, deadline_at=NOW)
    with pytest.raises(Refused, match="Nie działasz"):
        ask_all(shortlist, account(email="obcy@example.pl"))
    empty = shortlists.make_shortlist(authority=office, name="Pusta", actor=officer, now=NOW)
    with pytest.raises(Refused, match="nie ma nikogo"):
        ask_all(empty, officer)
    assert not Inquiry.objects.exists()
    assert letters("asked") == []


def test_an_officer_asks_by_the_form(client, shortlist, officer):
    client.force_login(officer)
    address = f"/panel/zamowienia/listy/{shortlist.pk}/zapytaj/"
    day = timezone.localdate() + timedelta(days=9)
    form = {
        "kind": "konsultacje-rynkowe", "subject": "Druk", "message": "Ile to kosztuje?", "links": "https://a.example/x\n",
        "day": day.isoformat(), "hour": "12:00", "opening": "na-biezaco",
    }  # fmt: skip
    for faulty, field in (
        ({"day": "0001-01-01"}, "day"),
        ({"day": "9999-12-31"}, "day"),
        ({"day": "2020-01-01"}, "day"),
        ({"hour": "99"}, "hour"),
        ({"links": "javascript:alert(1)"}, "links"),
        ({"links": "\n".join(["https://a.example/"] * 11)}, "links"),
        ({"message": ""}, "message"),
        ({"kind": "zle"}, "kind"),
        ({"subject": "x" * 201}, "subject"),
    ):
        page = client.post(address, form | faulty)
        assert page.status_code == 422
        assert list(page.context["form"].errors) == [field]
        assert "Ile to kosztuje?" in page.content.decode() or field == "message"
    assert client.get(address).status_code == 200
    sent = client.post(address, form)
    inquiry = Inquiry.objects.get()
    assert sent.url == f"/panel/zamowienia/zapytania/{inquiry.pk}/"
    assert inquiry.links == ["https://a.example/x"]
    assert timezone.localtime(inquiry.deadline_at).hour == 12


def test_a_reply_by_link_needs_no_account_and_is_confirmed(client, shortlist, officer):
    inquiry = ask_all(shortlist, officer)
    one = addressee(inquiry, "Blask")
    link = link_of(one)
    form = {
        "do": "reply",
        "text": "Zrobimy.",
        "price": "1 250,50",
        "sender_name": "Ola",
        "sender_email": "ola@example.pl",
    }
    with time_machine.travel(NOW + timedelta(hours=1)):
        page = client.get(link)
        assert "Prosimy o cenę" in page.content.decode()
        assert page.headers["Referrer-Policy"] == "same-origin"
        faulty = client.post(link, form | {"sender_email": "x"})
        assert (faulty.status_code, list(faulty.context["form"].errors)) == (422, ["sender_email"])
        file = SimpleUploadedFile("oferta.pdf", PDF)
        assert client.post(link, form | {"file": file}).status_code == 302
        assert "1\xa0250,50\xa0zł netto" in client.get(link).content.decode()
    reply = Reply.objects.get()
    assert (reply.price, reply.content_type, reply.sent_by) == (Decimal("1250.50"), "application/pdf", None)
    assert "oferta" not in reply.file.name
    assert letters("receipt") == ["ola@example.pl"]
    assert letters("came") == [officer.email]


@pytest.mark.parametrize(
    ("name", "content"), [("oferta.pdf", b"<html>"), ("oferta.docx", b"PK\x03\x04zip"), ("pusty.pdf", b"")]
)
def test_a_file_is_known_by_its_content(client, shortlist, officer, name, content):
    link = link_of(addressee(ask_all(shortlist, officer), "Blask"))
    form = {"do": "reply", "text": "Zrobimy.", "sender_name": "Ola", "sender_email": "ola@example.pl"}
    with time_machine.travel(NOW + timedelta(hours=1)):
        page = client.post(link, form | {"file": SimpleUploadedFile(name, content)})
    assert page.status_code == 422
    assert list(page.context["form"].errors) == ["file"]
    assert not Reply.objects.exists()


def test_sealed_replies_are_read_by_nobody_before_the_deadline(client, shortlist, officer):
    inquiry = ask_all(shortlist, officer)
    answer(addressee(inquiry, "Blask"), text="Tajna treść", file=SimpleUploadedFile("o.pdf", PDF))
    address = f"/panel/zamowienia/zapytania/{inquiry.pk}/"
    file = f"{address}odpowiedzi/{Reply.objects.get().pk}/plik/"
    client.force_login(officer)
    with time_machine.travel(DEADLINE - timedelta(seconds=1)):
        page = client.get(address).content.decode()
        assert "Odpowiedzi: 1 z 3" in page
        assert "Tajna treść" not in page
        assert "Ola Nowak" not in page
        assert client.get(file).status_code == 404
    with time_machine.travel(DEADLINE + timedelta(seconds=1)):
        page = client.get(address).content.decode()
        assert "Tajna treść" in page
        assert b"".join(client.get(file).streaming_content) == PDF


def test_a_link_that_the_officer_has_too_keeps_what_is_sealed(client, shortlist, officer, cards):
    """Whoever has no address in the register gets the link from the officer."""
    inquiry = ask_all(shortlist, officer)
    answer(addressee(inquiry, "Bez adresu"), text="Tajna treść", file=SimpleUploadedFile("o.pdf", PDF))
    answer(addressee(inquiry, "Blask"), text="Własna treść")
    client.force_login(officer)
    with time_machine.travel(DEADLINE - timedelta(seconds=1)):
        page = client.get(f"/panel/zamowienia/zapytania/{inquiry.pk}/").content.decode()
        [link] = re.findall(r'href="[^"]*(/zapytanie/[^"]+)"', page)
        sealed = client.get(link).content.decode()
        file = client.get(f"{link}plik/{Reply.objects.exclude(file='').get().pk}/")
        # The own link from a letter shows it.
        own = client.get(link_of(addressee(inquiry, "Blask"))).content.decode()
        person = account(email="rep@example.pl")
        hold(person, Role.REPRESENTATIVE, organisation=cards[2])
        client.force_login(person)
        theirs = client.get(link).content.decode()
    assert [words in sealed for words in ("Tajna treść", "1200", "Ola Nowak", "ola@example.pl")] == [False] * 4
    assert "po terminie" in sealed
    assert file.status_code == 404
    assert "Własna treść" in own
    assert "Tajna treść" in theirs
    client.logout()
    with time_machine.travel(DEADLINE + timedelta(seconds=1)):
        assert "Tajna treść" in client.get(link).content.decode()


def test_replies_as_they_come_are_read_at_once(client, shortlist, officer):
    inquiry = ask_all(shortlist, officer, opening=Opening.COMING)
    answer(addressee(inquiry, "Blask"), text="Od razu widać")
    client.force_login(officer)
    with time_machine.travel(NOW + timedelta(hours=1)):
        assert "Od razu widać" in client.get(f"/panel/zamowienia/zapytania/{inquiry.pk}/").content.decode()


def test_a_withdrawn_inquiry_keeps_sealed_replies_sealed(client, shortlist, officer):
    inquiry = ask_all(shortlist, officer)
    answer(addressee(inquiry, "Blask"), text="Tajna treść")
    inquiries.withdraw(inquiry=inquiry, reason="Brak pieniędzy.", actor=officer, now=NOW)
    assert letters("withdrawn") == ["blask@example.pl", "perla@example.pl"]
    client.force_login(officer)
    with time_machine.travel(DEADLINE + timedelta(days=1)):
        assert "Tajna treść" not in client.get(f"/panel/zamowienia/zapytania/{inquiry.pk}/").content.decode()
    with pytest.raises(Refused, match="wycofał"):
        answer(addressee(inquiry, "Perła"))


def test_a_moved_deadline_is_told_to_all_and_closes_later(shortlist, officer):
    inquiry = ask_all(shortlist, officer)
    later = DEADLINE + timedelta(days=3)
    inquiries.move_deadline(inquiry=inquiry, deadline_at=later, actor=officer, now=NOW)
    assert letters("moved") == ["blask@example.pl", "perla@example.pl"]
    assert inquiry.steps.get(name=InquiryStepName.MOVED).note
    replies.reply(
        addressee=addressee(inquiry, "Blask"), text="Zdążyliśmy.", price=None, sender_name="Ola",
        sender_email="ola@example.pl", now=DEADLINE + timedelta(days=1),
    )  # fmt: skip
    with pytest.raises(Refused, match="zamknięte"):
        inquiries.move_deadline(inquiry=inquiry, deadline_at=later, actor=officer, now=later)
    with pytest.raises(Refused, match="minął"):
        replies.reply(
            addressee=addressee(inquiry, "Blask"), text="Za późno.", price=None, sender_name="Ola",
            sender_email="ola@example.pl", now=later,
        )  # fmt: skip


def test_question_and_answer_go_to_everybody_without_a_name(client, shortlist, officer):
    inquiry = ask_all(shortlist, officer)
    asked = replies.ask(addressee=addressee(inquiry, "Blask"), question="Ile okien?", now=NOW)
    assert letters("question") == [officer.email]
    client.force_login(officer)
    address = f"/panel/zamowienia/zapytania/{inquiry.pk}/pytania/{asked.pk}/"
    with time_machine.travel(NOW + timedelta(hours=1)):
        assert client.post(address, {"text": ""}).status_code == 422
        assert client.post(address, {"text": "Sto dwadzieścia."}).status_code == 302
    assert letters("answered") == ["blask@example.pl", "perla@example.pl"]
    told = OutgoingEmail.objects.filter(template__endswith="inquiry_answered").values_list("body", flat=True)
    assert all("Ile okien?" in body and "Sto dwadzieścia." in body for body in told)
    other = client.get(link_of(addressee(inquiry, "Perła"))).content.decode()
    assert "Sto dwadzieścia." in other
    assert "Blask" not in other
    with pytest.raises(Refused, match="już odpowiedziano"):
        inquiries.answer(inquiry=inquiry, question=asked, text="Inaczej.", actor=officer, now=NOW)


def test_a_later_reply_counts_and_the_first_is_kept(shortlist, officer):
    inquiry = ask_all(shortlist, officer, opening=Opening.COMING)
    one = addressee(inquiry, "Blask")
    answer(one, text="Pierwsza")
    replies.reply(
        addressee=one, text="Druga", price=None, sender_name="Ola", sender_email="ola@example.pl",
        now=NOW + timedelta(hours=1),
    )  # fmt: skip
    assert [reply.text for reply in one.replies.all()] == ["Pierwsza", "Druga"]
    with pytest.raises(Refused, match="już wysłana"):
        replies.decline(addressee=one, now=NOW + timedelta(hours=2))


def test_the_same_sent_twice_is_one_answer_and_one_question(shortlist, officer):
    one = addressee(ask_all(shortlist, officer), "Blask")
    assert answer(one) == answer(one)
    replies.ask(addressee=one, question="Ile pokoi?", now=NOW)
    replies.ask(addressee=one, question="Ile pokoi? ", now=NOW)
    assert (Reply.objects.count(), one.inquiry.questions.count(), letters("receipt")) == (1, 1, ["ola@example.pl"])


def test_an_answer_that_cannot_be_kept_leaves_no_file(shortlist, officer, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    one = addressee(ask_all(shortlist, officer), "Blask")
    with pytest.raises(IntegrityError), transaction.atomic():
        answer(one, price=Decimal(-1), file=SimpleUploadedFile("o.pdf", PDF))
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


def test_saying_no_is_seen_by_the_officer(client, shortlist, officer):
    inquiry = ask_all(shortlist, officer)
    with time_machine.travel(NOW + timedelta(hours=1)):
        assert client.post(link_of(addressee(inquiry, "Blask")), {"do": "decline"}).status_code == 302
        client.force_login(officer)
        assert "nie weźmie udziału" in client.get(f"/panel/zamowienia/zapytania/{inquiry.pk}/").content.decode()
    assert Addressee.objects.filter(declined_at__isnull=False).count() == 1


def test_forged_and_foreign_links_open_nothing(client, shortlist, officer):
    inquiry = ask_all(shortlist, officer)
    link = link_of(addressee(inquiry, "Blask"))
    assert client.get(link[:-3] + "x/").status_code == 404
    reply = answer(addressee(inquiry, "Perła"), file=SimpleUploadedFile("o.pdf", PDF))
    assert client.get(f"{link}plik/{reply.pk}/").status_code == 404
    assert b"".join(client.get(f"{link_of(reply.addressee)}plik/{reply.pk}/").streaming_content) == PDF


def test_other_offices_see_nothing(client, shortlist, officer):
    inquiry = ask_all(shortlist, officer)
    other = account(Role.OFFICER, email="inny@example.pl")
    client.force_login(other)
    base = f"/panel/zamowienia/zapytania/{inquiry.pk}/"
    for tail in ("", "termin/", "wycofanie/", "protokol.pdf"):
        assert client.get(base + tail).status_code == 404
    assert inquiry.subject not in client.get("/panel/zamowienia/zapytania/").content.decode()
    with pytest.raises(Refused, match="Nie działasz"):
        inquiries.withdraw(inquiry=inquiry, reason="x", actor=other, now=NOW)


def test_the_record_is_a_pdf_that_keeps_what_is_sealed(client, shortlist, officer):
    import io

    import pypdf

    inquiry = ask_all(shortlist, officer)
    answer(addressee(inquiry, "Blask"), text="Tajna treść")
    client.force_login(officer)

    def record(moment):
        with time_machine.travel(moment):
            file = client.get(f"/panel/zamowienia/zapytania/{inquiry.pk}/protokol.pdf")
        assert file.headers["Content-Type"] == "application/pdf"
        return " ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(file.content)).pages)

    before, after = record(NOW + timedelta(hours=1)), record(DEADLINE + timedelta(hours=1))
    assert "Kogo zapytano" in before
    assert "Blask" in before
    assert "Tajna" not in before
    assert "Tajna" in after


def test_a_representative_finds_it_in_the_panel(client, shortlist, officer, cards):
    inquiry = ask_all(shortlist, officer)
    person = account(email="rep@example.pl")
    hold(person, Role.REPRESENTATIVE, organisation=cards[0])
    client.force_login(person)
    with time_machine.travel(NOW + timedelta(hours=1)):
        assert inquiry.subject in client.get("/panel/").content.decode()
        page = client.get("/panel/zamowienia/dla-nas/").content.decode()
        assert inquiry.subject in page
        client.post(
            link_of(addressee(inquiry, "Blask")),
            {"do": "reply", "text": "Zrobimy.", "sender_name": "Ola", "sender_email": "ola@example.pl"},
        )
    assert Reply.objects.get().sent_by == person


def test_a_list_that_was_asked_from_stays(client, shortlist, officer):
    ask_all(shortlist, officer)
    with pytest.raises(Refused, match="należy do akt"):
        shortlists.delete_shortlist(shortlist=shortlist, actor=officer)
    assert Shortlist.objects.exists()


def test_people_are_collected_erased_and_forgotten(shortlist, officer, settings):
    person = account(email="ola@example.pl")
    inquiry = ask_all(shortlist, officer)
    reply = answer(addressee(inquiry, "Blask"), file=SimpleUploadedFile("o.pdf", PDF))
    kind, work = find("procurement.replies"), find("procurement.matching")
    assert kind.collect(person)[0]["imię i nazwisko"] == "Ola Nowak"
    assert any("zapytanie" in one for one in work.collect(officer))
    kind.erase(person, NOW)
    work.erase(officer, NOW)
    reply.refresh_from_db()
    assert (reply.sender_name, reply.sender_email, reply.text) == ("(dane usunięte)", "", "Zrobimy.")
    assert not Inquiry.objects.filter(sent_by=officer).exists()
    storage, name = reply.file.storage, reply.file.name
    assert kind.forget(DEADLINE + timedelta(days=settings.INQUIRY_KEPT_DAYS - 1)) == 0
    assert kind.forget(DEADLINE + timedelta(days=settings.INQUIRY_KEPT_DAYS + 1)) == 1
    assert not Reply.objects.exists()
    assert not storage.exists(name)


def test_an_inquiry_costs_the_same_for_one_and_for_thirty(client, officer, office):
    counts = []
    client.force_login(officer)
    made = [cleaner(f"Blask {number}") for number in range(30)]
    for chosen in (made[:1], made):
        kept = shortlists.make_shortlist(authority=office, name="Lista", actor=officer, now=NOW)
        shortlists.put_on(shortlist=kept, found=[{"organisation": one.pk} for one in chosen], actor=officer, now=NOW)
        inquiry = ask_all(kept, officer, opening=Opening.COMING)
        for one in inquiry.addressees.all():
            answer(one)
        with CaptureQueriesContext(connection) as sent:
            page = client.get(f"/panel/zamowienia/zapytania/{inquiry.pk}/")
        assert page.content.decode().count("Zrobimy.") == len(chosen)
        counts.append(len(sent))
    assert counts[0] == counts[1], counts
