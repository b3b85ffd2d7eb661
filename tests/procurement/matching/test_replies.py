"""What is answered by a link: files, what is sealed until when, the record."""

import re
from datetime import timedelta
from decimal import Decimal

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction

from accounts.choices import Role
from core.exceptions import Refused
from procurement.choices import Opening
from procurement.models import Addressee, Reply
from procurement.use_cases.matching import inquiries, replies
from procurement.use_cases.matching.inquiries import link_of
from tests.accounts.factories import account, hold
from tests.procurement.matching.inquired import DEADLINE, PDF, addressee, answer, ask_all, letters
from tests.registry.factories import NOW

pytestmark = pytest.mark.django_db


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
        page = client.get(link).content.decode()
        assert "1\xa0250,50\xa0zł netto" in page
        assert 'name="price" value="1\xa0250,50"' in page
    reply = Reply.objects.get()
    assert (reply.price, reply.content_type, reply.sent_by) == (Decimal("1250.50"), "application/pdf", None)
    assert "oferta" not in reply.file.name
    assert letters("receipt") == ["ola@example.pl"]
    assert letters("came") == [officer.email]


@pytest.mark.parametrize("price", ["1000000000000", "99 999 999 999 999,99", "9" * 5_000, "-1", "1e5", "12,345", "\0"])
def test_a_price_that_is_none_is_told_beside_its_field(client, shortlist, officer, price):
    link = link_of(addressee(ask_all(shortlist, officer), "Blask"))
    with time_machine.travel(NOW + timedelta(hours=1)):
        said = {"text": "Tak.", "price": price, "sender_name": "Ola", "sender_email": "ola@example.pl"}
        page = client.post(link, {"do": "reply"} | said)
    assert (page.status_code, list(page.context["form"].errors)) == (422, ["price"])


def test_all_faults_of_an_answer_are_told_at_once(client, shortlist, officer):
    link = link_of(addressee(ask_all(shortlist, officer), "Blask"))
    with time_machine.travel(NOW + timedelta(hours=1)):
        said = {"text": " ", "price": "tanio", "sender_name": "", "sender_email": "x"}
        page = client.post(link, {"do": "reply"} | said)
    assert page.status_code == 422
    assert set(page.context["form"].errors) == {"text", "price", "sender_name", "sender_email"}


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
