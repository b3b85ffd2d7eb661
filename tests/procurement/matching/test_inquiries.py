"""One message to everybody on a list: letters, questions, deadlines, what is kept of people."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.choices import Role
from core import links
from core.exceptions import Refused
from core.personal_data import find
from notifications.models import OutgoingEmail
from procurement.choices import InquiryStepName, Opening
from procurement.models import Addressee, Inquiry, Reply, Shortlist
from procurement.use_cases.matching import inquiries, replies, shortlists
from procurement.use_cases.matching.inquiries import INQUIRY, link_of
from tests.accounts.factories import account, hold
from tests.procurement.matching.inquired import DEADLINE, PDF, addressee, answer, ask_all, letters
from tests.procurement.matching.test_who_can import cleaner
from tests.registry.factories import NOW

pytestmark = pytest.mark.django_db


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
