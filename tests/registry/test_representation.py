"""Somebody asks to act for an organisation; a coordinator decides; everybody concerned is told."""

import io
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from accounts.choices import Role, TrailKind
from accounts.models import RoleGrant, TrailEntry
from accounts.use_cases.forgetting_requests import forget_documents
from core.exceptions import Refused
from core.files import sweeping
from notifications.models import OutgoingEmail
from registry.models import RepresentationRequest
from registry.use_cases.merging import merge
from registry.use_cases.representation import ask_for_representation, decide_representation, representatives
from tests.accounts.factories import account, hold
from tests.registry.factories import NOW, TODAY, OrganisationFactory

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n"


@pytest.fixture
def card():
    return OrganisationFactory(slug="zielony-prog", institution__name="Zielony Próg", published_at=NOW)


@pytest.fixture
def anna():
    return account(email="anna@example.pl")


@pytest.fixture
def coordinator():
    return account(Role.COORDINATOR)


def ask(card, user, **given):
    return ask_for_representation(
        organisation_id=card.pk, user=user, **{"reason": "Jestem w zarządzie.", "now": NOW} | given
    )


def decide(request, actor, *, accept=True, answer=""):
    return decide_representation(request_id=request.pk, accept=accept, answer=answer, actor=actor, now=NOW)


def letters():
    return sorted(OutgoingEmail.objects.values_list("to", "template"))


def upload(content, name="pelnomocnictwo.pdf"):
    return SimpleUploadedFile(name, content)


def picture(kind):
    content = io.BytesIO()
    Image.new("RGB", (4, 4)).save(content, kind)
    return content.getvalue()


def test_a_request_waits_and_those_concerned_are_told(card, anna):
    hold(account(email="prezes@example.pl"), Role.REPRESENTATIVE, organisation=card)
    ask(card, anna)
    assert RepresentationRequest.objects.get().decided_at is None
    assert letters() == [
        ("biuro@example.pl", "accounts/email/request_made"),
        ("prezes@example.pl", "accounts/email/request_made"),
    ]
    assert not anna.grants.exists()


def test_the_day_of_the_answer_is_counted_by_the_polish_clock(card, anna, settings):
    settings.REQUEST_ANSWER_DAYS = 14
    after_midnight_in_poland = datetime(2026, 11, 1, 23, 30, tzinfo=UTC)
    assert ask(card, anna, now=after_midnight_in_poland).answer_by == date(2026, 11, 16)


def test_accepting_gives_the_role_and_tells_both_sides(card, anna, coordinator):
    decide(ask(card, anna), coordinator, answer="Dziękujemy.")
    grant = anna.grants.get()
    assert (grant.role, grant.organisation, grant.starts_on) == (Role.REPRESENTATIVE, card, TODAY)
    assert letters() == [
        ("anna@example.pl", "accounts/email/role_granted"),
        ("biuro@example.pl", "accounts/email/request_accepted"),
        ("biuro@example.pl", "accounts/email/request_made"),
    ]
    assert "Dziękujemy." in OutgoingEmail.objects.get(to="anna@example.pl").body


def test_refusing_takes_words_and_tells_the_asker_only(card, anna, coordinator):
    request = ask(card, anna)
    with pytest.raises(Refused, match="dlaczego odmawiasz"):
        decide(request, coordinator, accept=False, answer=" ")
    decide(request, coordinator, accept=False, answer="Brak pełnomocnictwa.")
    assert not anna.grants.exists()
    letter = OutgoingEmail.objects.get(template="accounts/email/request_refused")
    assert (letter.to, "Brak pełnomocnictwa." in letter.body) == ("anna@example.pl", True)
    assert ask(card, anna), "one may ask again"


def test_nobody_decides_twice_nor_on_the_own_request_nor_on_the_own_organisation(card, anna, coordinator):
    request = ask(card, anna)
    own = ask(card, coordinator)
    with pytest.raises(Refused, match="Własną prośbę"):
        decide(own, coordinator)
    given = hold(coordinator, Role.REPRESENTATIVE, organisation=card)
    with pytest.raises(Refused, match="w którego imieniu działasz"):
        decide(request, coordinator)
    given.delete()
    decide(request, coordinator)
    with pytest.raises(Refused, match="już rozpatrzył"):
        decide(request, coordinator)


@pytest.mark.parametrize("role", [Role.DIRECTOR, Role.REPRESENTATIVE, Role.ASSESSOR])
def test_only_those_who_may_give_the_role_accept(card, anna, role):
    with pytest.raises(Refused, match="nie możesz"):
        decide(ask(card, anna), account(role))
    assert RepresentationRequest.objects.get().decided_at is None


def test_asking_is_refused_twice_for_what_one_has_and_for_a_hidden_card(card, anna):
    ask(card, anna)
    with pytest.raises(Refused, match="już czeka"):
        ask(card, anna)
    hidden = OrganisationFactory()
    with pytest.raises(Refused, match="nie ma w katalogu"):
        ask(hidden, anna)
    with pytest.raises(Refused, match="Napisz"):
        ask(card, account(), reason=" ")
    with pytest.raises(Refused, match="Już działasz"):
        ask(card, account(Role.REPRESENTATIVE, organisation=card))


def test_the_form_is_not_shown_to_somebody_who_has_asked_already(client, card, anna):
    ask(card, anna)
    client.force_login(anna)
    answer = client.get(f"/panel/podmiot/{card.slug}/prosba/", follow=True)
    assert answer.redirect_chain == [("/panel/", 302)]
    assert "Twoja prośba w tej sprawie już czeka na koordynatora." in answer.content.decode()


def test_the_database_holds_to_it_too(card, anna):
    for nonsense in (
        {"decided_at": NOW},
        {"is_accepted": True},
        {"answer": "Bez decyzji."},
        {"decided_at": NOW, "is_accepted": False},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            RepresentationRequest.objects.create(
                user=anna, organisation=card, reason="Zarząd.", asked_at=NOW, **nonsense
            )


@pytest.mark.parametrize(
    ("content", "name", "suffix"),
    [(PDF, "a.exe", "pdf"), (picture("PNG"), "a.pdf", "png"), (picture("JPEG"), "a", "jpg")],
    ids=["pdf", "png", "jpg"],
)
def test_a_document_is_known_by_its_content(card, anna, content, name, suffix):
    request = ask(card, anna, document=upload(content, name))
    assert request.document.name.endswith(f".{suffix}")
    with default_storage.open(request.document.name) as file:
        assert file.read() == content


@pytest.mark.parametrize(
    "content", [b"", b"MZ\x90\x00", b"<html></html>", picture("GIF"), picture("PNG")[:40]], ids=range(5)
)
def test_what_is_no_document_is_refused_and_leaves_no_file(card, anna, content):
    with pytest.raises(Refused):
        ask(card, anna, document=upload(content))
    assert not default_storage.exists("requests")


def test_the_document_is_for_coordinators_and_each_look_is_noted(client, card, anna, coordinator):
    request = ask(card, anna, document=upload(PDF))
    address = reverse("admin:registry_representationrequest_document", args=[request.pk])
    for stranger in (anna, account(Role.REPRESENTATIVE, organisation=card), account(Role.DIRECTOR)):
        client.force_login(stranger)
        assert client.get(address).status_code == 404
    assert not TrailEntry.objects.filter(kind=TrailKind.DATA_SEEN).exists()
    client.force_login(coordinator)
    answer = client.get(address)
    assert b"".join(answer.streaming_content) == PDF
    assert (answer["Content-Type"], answer["Content-Disposition"].split(";")[0]) == ("application/pdf", "attachment")
    seen = TrailEntry.objects.filter(kind=TrailKind.DATA_SEEN).last()
    assert (seen.actor, seen.subject) == (coordinator, anna)


def test_the_document_goes_some_days_after_the_decision_and_stray_files_too(settings, card, anna, coordinator):
    settings.REQUEST_DOCUMENT_KEPT_DAYS = 30
    request = decide(ask(card, anna, document=upload(PDF)), coordinator)
    stored = request.document.name
    assert forget_documents(RepresentationRequest, NOW + timedelta(days=29)) == 0
    assert default_storage.exists(stored)
    assert forget_documents(RepresentationRequest, NOW + timedelta(days=31)) == 1
    assert not default_storage.exists(stored)
    request.refresh_from_db()
    assert (request.document.name, request.is_accepted) == ("", True)
    stray = default_storage.save(stored, upload(PDF))
    assert forget_documents(RepresentationRequest, NOW + timedelta(days=31)) == 0
    assert sweeping.sweep(now=timezone.now() + timedelta(days=2)) == 1
    assert not default_storage.exists(stray)


def test_the_way_from_the_card_to_the_panel(client, card, anna):
    form = "/panel/podmiot/zielony-prog/prosba/"
    assert f'href="{form}"' in client.get(card.get_absolute_url()).content.decode()
    assert client.get(form).url.endswith(f"?next={form}")
    client.force_login(anna)
    faulty = client.post(form, {"reason": "Jestem w zarządzie.", "document": upload(b"MZ")})
    assert faulty.status_code == 422
    assert "To nie jest plik PDF" in faulty.content.decode()
    assert "Jestem w zarządzie." in faulty.content.decode()
    sent = client.post(form, {"reason": "Jestem w zarządzie.", "document": upload(PDF)})
    assert (sent.status_code, sent.url) == (302, "/panel/")
    assert "Twoja prośba o reprezentowanie: Zielony Próg" in client.get("/panel/").content.decode()


def test_a_coordinator_decides_in_the_admin(client, card, anna, coordinator):
    request = ask(card, anna)
    client.force_login(coordinator)
    address = reverse("admin:registry_representationrequest_change", args=[request.pk])
    faulty = client.post(address, {"decision": "nie", "words": ""})
    assert "Napisz, dlaczego odmawiasz." in faulty.content.decode()
    assert client.post(address, {"decision": "tak", "words": ""}).status_code == 302
    assert RoleGrant.objects.filter(user=anna, organisation=card).exists()
    assert client.post(address, {"decision": "nie", "words": "Jednak nie."}).status_code == 404


@pytest.mark.parametrize("rows", [1, 30])
def test_the_queue_asks_the_same_number_of_queries(client, coordinator, rows, django_assert_num_queries):
    for number in range(rows):
        ask(OrganisationFactory(published_at=NOW), account(email=f"o{number}@example.pl"))
    client.force_login(coordinator)
    with django_assert_num_queries(6):
        page = client.get(reverse("admin:registry_representationrequest_changelist"))
    assert len(page.context["cl"].result_list) == rows


def test_merging_two_cards_keeps_their_people(card, anna, coordinator):
    other = OrganisationFactory(slug="drugi", published_at=NOW)
    of_both = account(Role.REPRESENTATIVE, organisation=card, email="oba@example.pl")
    hold(of_both, Role.REPRESENTATIVE, organisation=other)
    of_other = account(Role.REPRESENTATIVE, organisation=other, email="drugi@example.pl")
    request = ask(other, anna)
    merge(keep_id=card.pk, drop_id=other.pk, now=NOW)
    assert {grant.user for grant in representatives(card, on=TODAY)} == {of_both, of_other}
    assert not representatives(other, on=TODAY).exists()
    decide(request, coordinator)
    assert anna.grants.get().organisation == card
