"""A person's own page: data, declarations, consents, and what nobody else sees of them."""

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from core.sealing import fingerprint
from events.models import Delegation, FormQuestion, Participant, Registration
from events.models.participants import PESEL
from events.use_cases.enrolment.participation import sensitive_of
from tests.events.declaring import GIVEN, HIS, READ, asking, declare, delegated
from tests.events.enrolling import (
    accepted,
    coordinator,
    letters,
    opened,
    own_address,
    ticked,
)
from tests.events.factories import (
    NOW,
    START,
    EditionTextFactory,
    EventFactory,
    FormVersionFactory,
    RegistrationFactory,
)

pytestmark = pytest.mark.django_db


def test_a_person_gives_their_data_and_the_declaration_is_there(client):
    participant = delegated()
    page = client.get(own_address(participant))
    assert "Składam oświadczenie" in page.content.decode()
    assert declare(client, participant).status_code == 302
    participant.refresh_from_db()
    assert (participant.pesel, participant.pesel_fingerprint) == (HIS, fingerprint(PESEL, HIS))
    assert (str(participant.birth_date), participant.sex) == ("1944-05-14", "m")
    assert (participant.phone, participant.municipality_id, participant.town) == ("+48601202303", "0264011", "Wrocław")
    assert sensitive_of(participant) == {"zdrowie": "SEKRET-ZDROWIE"}
    assert participant.answers == {}
    assert participant.declared_at is not None
    assert sorted(participant.consents.values_list("text__kind", flat=True)) == ["informacja", "regulamin"]
    assert HIS not in client.get(own_address(participant)).content.decode()


def test_only_what_the_edition_demands_is_asked(client):
    participant = delegated(asking(fields=["wyksztalcenie"]))
    form = client.get(own_address(participant)).context["own"]
    assert list(form.fields) == ["first_name", "last_name", "email", "education", "special_needs", "diet"]
    declare(client, participant)
    participant.refresh_from_db()
    assert (participant.pesel, participant.birth_date, participant.town) == ("", None, "")


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"pesel": "44051401459"}, "pesel"),
        ({"pesel": "123"}, "pesel"),
        ({"pesel": "99999999999"}, "pesel"),
        ({"pesel": ""}, "pesel"),
        ({"has_no_pesel": "on"}, "has_no_pesel"),
        ({"pesel": "", "has_no_pesel": "on", "sex": "k"}, "birth_date"),
        ({"pesel": "", "has_no_pesel": "on", "sex": "k", "birth_date": "2999-01-01"}, "birth_date"),
        ({"education": ""}, "education"),
        ({"town": ""}, "town"),
        ({"municipality": "0000000"}, "municipality"),
    ],
)
def test_what_is_wrong_is_said_beside_the_field_and_what_was_typed_stays(client, changed, field):
    participant = delegated()
    answer = declare(client, participant, **changed)
    assert answer.status_code == 422
    assert list(answer.context["own"].errors) == [field]
    assert 'value="ul. Tajemna 7"' in answer.content.decode()
    participant.refresh_from_db()
    assert participant.declared_at is None


def test_who_has_no_pesel_gives_birth_date_and_sex(client):
    participant = delegated()
    declare(client, participant, pesel="", has_no_pesel="on", birth_date="1990-02-03", sex="k")
    participant.refresh_from_db()
    assert (participant.has_no_pesel, str(participant.birth_date), participant.sex) == (True, "1990-02-03", "k")


def test_without_having_read_the_regulations_nobody_declares(client):
    participant = delegated()
    answer = declare(client, participant, **{"zgoda-regulamin": ""})
    assert answer.context["consents"].errors["regulamin"] == ["Bez tego nie można wziąć udziału w projekcie."]
    participant.refresh_from_db()
    assert participant.declared_at is None


def test_what_changed_while_the_page_was_open_is_read_before_it_is_declared(client):
    participant = delegated()
    old = GIVEN | ticked(client.get(own_address(participant)))
    EditionTextFactory(edition=participant.edition, kind="regulamin", version=2)
    EditionTextFactory(edition=participant.edition, kind="wizerunek", version=2)
    answer = client.post(own_address(participant), old)
    assert answer.status_code == 422
    said = ["Ten tekst właśnie się zmienił. Przeczytaj nową wersję i zaznacz jeszcze raz."]
    assert answer.context["consents"].errors == {"regulamin": said, "wizerunek": said}
    FormVersionFactory(edition=participant.edition, kind="osoba", version=2)
    again = GIVEN | ticked(answer, *READ)
    answer = client.post(own_address(participant), again)
    assert "Pytania właśnie się zmieniły." in answer.context["own"].non_field_errors()[0]
    participant.refresh_from_db()
    assert (participant.declared_at, participant.consents.count()) == (None, 0)
    assert client.post(own_address(participant), again | ticked(answer, *READ)).status_code == 302
    participant.refresh_from_db()
    told = participant.consents.order_by("text__kind").values_list("text__kind", "text__version")
    assert (participant.form.version, list(told)) == (2, [("informacja", 1), ("regulamin", 2)])


def test_a_consent_is_given_to_the_words_that_the_page_had_shown(client):
    participant = delegated()
    declare(client, participant)
    path = own_address(participant, "participation_consent", "wizerunek")
    first = participant.edition.texts.get(kind="wizerunek")
    second = EditionTextFactory(edition=participant.edition, kind="wizerunek", version=2)
    for stale in (first.pk, "", "x", "9" * 5000):
        assert "właśnie się zmienił" in client.post(path, {"give": stale}, follow=True).text
    assert not participant.consents.filter(text__kind="wizerunek").exists()
    client.post(path, {"give": second.pk})
    assert participant.consents.get(text__kind="wizerunek").text == second


def test_a_sensitive_question_may_be_left_without_an_answer(client):
    participant = delegated()
    assert declare(client, participant, **{"pytanie-zdrowie": ""}).status_code == 302
    participant.refresh_from_db()
    assert participant.sensitive_answers == ""


def test_consents_are_free_and_can_be_taken_back_with_a_date_and_given_again(client):
    participant = delegated()
    declare(client, participant, "wizerunek")
    path = own_address(participant, "participation_consent", "wizerunek")
    assert participant.consents.get(text__kind="wizerunek").withdrawn_at is None
    for _ in range(2):
        client.post(path, {"withdraw": "1"})
    [consent] = participant.consents.filter(text__kind="wizerunek")
    assert consent.withdrawn_at is not None
    assert "wycofana" in client.get(own_address(participant)).content.decode()
    for _ in range(2):
        client.post(path, {"give": consent.text_id})
    assert participant.consents.filter(text__kind="wizerunek").count() == 2
    regulations = own_address(participant, "participation_consent", "regulamin")
    assert client.post(regulations, {"withdraw": "1"}).status_code == 404


def test_data_are_corrected_later_without_typing_the_pesel_again(client):
    participant = delegated()
    declare(client, participant)
    participant.refresh_from_db()
    first = participant.declared_at
    assert declare(client, participant, pesel="", diet="wegańska").status_code == 302
    participant.refresh_from_db()
    assert (participant.pesel, participant.diet, participant.declared_at) == (HIS, "wegańska", first)
    assert participant.consents.count() == 2


def test_two_people_with_one_address_each_have_their_own_link(client):
    enrolment = accepted(
        people=[
            {"first_name": "Ola", "last_name": "Kowalska", "email": "biuro@example.pl"},
            {"first_name": "Jan", "last_name": "Kowalski", "email": "biuro@example.pl"},
        ]
    )
    office = coordinator()
    opened(office, enrolment)
    office.post(f"/panel/zgloszenia/{enrolment.pk}/odsylacze/")
    sent = letters("participant_link")
    assert [letter.to for letter in sent] == ["biuro@example.pl", "biuro@example.pl"]
    links = [re.search(r"http://testserver(/udzial/\S+)", letter.body)[1] for letter in sent]
    names = [Client().get(link).context["participant"].first_name for link in links]
    assert names == ["Ola", "Jan"]


def test_one_person_at_two_institutions_is_one_participant_and_hears_nothing_of_the_other(client):
    one = asking()
    first = delegated(one, email="prywatny@example.pl")
    second = delegated(one, email="praca@example.pl")
    declare(client, first, email="prywatny@example.pl")
    RegistrationFactory(participant=second, event=EventFactory(edition=one))
    others_name = Delegation.objects.get(participant=first).enrolment.name
    answer = declare(client, second, town="Legnica")
    page = answer.content.decode()
    assert (answer.status_code, "już złożone" in page, others_name in page) == (200, True, False)
    assert "ul. Tajemna" not in page
    assert Participant.objects.get() == first
    assert Delegation.objects.filter(participant=first).count() == 2
    assert Registration.objects.get().participant == first
    assert client.get(own_address(second)).status_code == 404
    [letter] = letters("participant_joined")
    assert letter.to == "prywatny@example.pl"
    first.refresh_from_db()
    assert first.town == "Wrocław"


def test_the_second_place_of_one_person_at_an_event_is_given_back(client):
    one = asking()
    first, second = delegated(one), delegated(one)
    start = timezone.now() + timedelta(days=10)
    event = EventFactory(edition=one, capacity=2, starts_at=start, ends_at=start + timedelta(hours=5))
    for participant in (first, second):
        RegistrationFactory(participant=participant, event=event)
    RegistrationFactory(event=event, state="rezerwa")
    declare(client, first)
    declare(client, second)
    states = Registration.objects.order_by("pk").values_list("state", flat=True)
    assert list(states) == ["potwierdzone", "zrezygnowal", "zaproponowane"]  # the next in line has been offered it
    event.refresh_from_db()
    assert event.taken == 2


def test_a_mistyped_pesel_of_somebody_else_lets_nobody_into_their_data(client):
    one = asking()
    declare(client, delegated(one))
    stranger = delegated(one)
    answer = declare(client, stranger, first_name="Ewa", last_name="Obca")
    assert answer.status_code == 422
    assert list(answer.context["own"].errors) == ["pesel"]
    stranger.refresh_from_db()
    assert (stranger.pesel, stranger.declared_at) == ("", None)


def test_the_same_pesel_in_another_edition_is_another_participant(client):
    for participant in (delegated(), delegated()):
        assert declare(client, participant).status_code == 302
    assert Participant.objects.exclude(pesel="").count() == 2


def test_a_link_of_somebody_erased_opens_nothing(client):
    participant = delegated()
    path = own_address(participant)
    Participant.objects.update(erased_at=NOW)
    assert client.get(path).status_code == 404
    assert client.post(path, GIVEN).status_code == 404


def test_declaring_confirms_a_place_that_waited_for_papers(client):
    one = asking()
    participant = delegated(one)
    waiting = RegistrationFactory(
        participant=participant,
        enrolment=participant.delegations.get().enrolment,
        event=EventFactory(edition=one),
        state="oczekuje-na-dokumenty",
        hold_until=START,
    )
    declare(client, participant)
    waiting.refresh_from_db()
    assert (waiting.state, waiting.hold_until, waiting.confirmed_at is None) == ("potwierdzone", None, False)
    assert list(waiting.steps.values_list("name", "source", "target")) == [
        ("complete", "oczekuje-na-dokumenty", "potwierdzone")
    ]


def test_a_file_that_is_not_what_it_says_is_refused_beside_its_question(client):
    one = asking()
    form = one.forms.get(kind="osoba")
    FormQuestion.objects.create(form=form, code="plik", label="Zaświadczenie", answer="file", is_required=True)
    participant = delegated(one)
    answer = declare(client, participant, **{"pytanie-plik": SimpleUploadedFile("a.pdf", b"MZ\x90")})
    assert answer.context["questions"].errors["plik"] == ["To nie jest plik PDF, JPG ani PNG albo jest uszkodzony."]
    declare(client, participant, **{"pytanie-plik": SimpleUploadedFile("Kowalska.pdf", b"%PDF-1.7")})
    participant.refresh_from_db()
    assert re.fullmatch(r"events/answers/[0-9a-f]{32}\.pdf", participant.answers["plik"])
