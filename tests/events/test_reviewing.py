"""What coordinators say to the forms of institutions, and what institutions change afterwards."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.choices import Role, TrailKind
from accounts.models import TrailEntry
from events.models import Delegation, EnrolmentUpdate, FieldRemark, Participant
from registry.models import Institution
from tests.accounts.factories import account, hold
from tests.events.enrolling import (
    STEPS,
    accepted,
    address,
    coordinator,
    edition,
    fill,
    letters,
    opened,
    scan,
    submitted,
)
from tests.events.factories import NOW, EnrolmentFactory
from tests.registry.factories import InstitutionFactory, OrganisationFactory

pytestmark = pytest.mark.django_db


def decide(office, enrolment, **given):
    return office.post(f"/panel/zgloszenia/{enrolment.pk}/", given)


def test_a_look_into_a_form_leaves_one_line_in_the_trail(client):
    enrolment = submitted(client)
    office = coordinator()
    closed = office.get(f"/panel/zgloszenia/{enrolment.pk}/")
    assert "Maria Przykładowa" not in closed.content.decode()
    paper = enrolment.papers.get()
    assert office.get(f"/panel/zgloszenia/{enrolment.pk}/strona/{paper.pk}/").status_code == 404
    assert office.get(f"/panel/zgloszenia/{enrolment.pk}/formularz.pdf").status_code == 404
    for _ in range(2):
        assert "Maria Przykładowa" in opened(office, enrolment).content.decode()
    [line] = TrailEntry.objects.filter(kind=TrailKind.DATA_SEEN)
    assert line.about == f"formularz instytucji nr {enrolment.pk}, NIP {enrolment.nip}"


def test_pages_are_shown_in_a_frame_of_this_portal_only(client):
    enrolment = submitted(client)
    office = coordinator()
    page = opened(office, enrolment)
    path = f"/panel/zgloszenia/{enrolment.pk}/strona/{enrolment.papers.get().pk}/"
    assert f'<iframe src="{path}"' in page.content.decode()
    assert "frame-src 'self'" in page["Content-Security-Policy"]
    shown = office.get(path)
    assert (shown["Content-Type"], shown["X-Frame-Options"]) == ("application/pdf", "SAMEORIGIN")
    assert "frame-ancestors 'self'" in shown["Content-Security-Policy"]
    assert shown["X-Content-Type-Options"] == "nosniff"
    for closable in shown._resource_closers:
        closable()


def test_a_form_comes_back_with_words_beside_its_fields_and_is_sent_again(client):
    enrolment = submitted(client)
    office = coordinator()
    opened(office, enrolment)
    said = {
        "uwaga-name": "Podaj pełną nazwę.",
        "uwaga-pytanie-zasieg": "Na pewno?",
        "uwaga-papiery": "Brakuje strony.",
    }
    decide(office, enrolment, **{"return": "1"}, **said, **{"uwaga-nip": "  "})
    enrolment.refresh_from_db()
    assert enrolment.state == "do-poprawy"
    assert client.get(address(enrolment, "enrolment_pdf")).status_code == 404
    assert sorted(enrolment.remarks.values_list("field", flat=True)) == ["name", "papiery", "pytanie-zasieg"]
    letter = letters("enrolment_returned")[0]
    assert "- Pełna nazwa: Podaj pełną nazwę.\n- Gdzie działacie?: Na pewno?" in letter.body
    page = client.get(address(enrolment, "enrolment_step", "instytucja")).content.decode()
    assert "Do poprawy: Podaj pełną nazwę." in page
    assert "Do poprawy: Na pewno?" in client.get(address(enrolment, "enrolment_step", "pytania")).content.decode()
    assert "Brakuje strony." in client.get(address(enrolment, "enrolment_summary")).content.decode()

    fill(client, enrolment, "instytucja", name="Fundacja Zielony Próg we Wrocławiu")
    client.post(address(enrolment, "enrolment_summary"))
    client.post(address(enrolment, "enrolment_state"), {"files": [scan()]})
    enrolment.refresh_from_db()
    assert enrolment.state == "do-sprawdzenia"
    assert FieldRemark.objects.filter(settled_at=None).count() == 0
    assert "Do poprawy" not in client.get(address(enrolment, "enrolment_step", "instytucja")).content.decode()


def test_a_returned_form_keeps_its_name_even_when_the_field_is_emptied(client):
    enrolment = submitted(client)
    office = coordinator()
    opened(office, enrolment)
    decide(office, enrolment, **{"return": "1", "uwaga-name": "Nie ta."})
    assert fill(client, enrolment, "instytucja", name="", category="").status_code == 422
    enrolment.refresh_from_db()
    assert (enrolment.name, enrolment.category) == ("Fundacja Zielony Próg", "pes")
    assert client.post(address(enrolment, "enrolment_summary")).status_code == 422


def test_a_form_is_not_returned_without_words_and_what_was_typed_stays(client):
    enrolment = submitted(client)
    office = coordinator()
    opened(office, enrolment)
    answer = decide(office, enrolment, **{"return": "1", "uwaga-name": "   "})
    assert answer.status_code == 422
    assert "Napisz przy co najmniej jednym polu" in answer.content.decode()


def test_nobody_decides_on_an_institution_of_their_own(client):
    enrolment = submitted(client)
    known = InstitutionFactory(nip=enrolment.nip)
    user = account(Role.COORDINATOR)
    hold(user, Role.REPRESENTATIVE, organisation=OrganisationFactory(institution=known))
    office = coordinator(user)
    page = opened(office, enrolment)
    assert 'name="accept"' not in page.content.decode()
    for given in ({"accept": "1"}, {"return": "1", "uwaga-name": "Źle."}):
        answer = decide(office, enrolment, **given)
        assert answer.status_code == 422
        assert "Sprawdzi je ktoś inny" in answer.content.decode()
    enrolment.refresh_from_db()
    assert enrolment.state == "do-sprawdzenia"


def test_the_queue_asks_as_often_for_one_form_as_for_thirty():
    office = coordinator()

    def asked():
        with CaptureQueriesContext(connection) as queries:
            office.get("/panel/zgloszenia/")
        return len(queries)

    one = edition()
    EnrolmentFactory(edition=one, state="do-sprawdzenia", submitted_at=NOW)
    asked()
    single = asked()
    for _ in range(29):
        EnrolmentFactory(edition=one, state="do-sprawdzenia", submitted_at=NOW)
    assert asked() == single


def test_the_queue_counts_who_is_delegated_still():
    enrolment = accepted(people=[{}, {}, {}])
    Delegation.objects.filter(pk=enrolment.delegations.first().pk).update(ends_on=NOW.date())
    assert "· 2 osoby" in coordinator().get("/panel/zgloszenia/?stan=przyjete").text


def test_links_are_sent_again_to_those_who_have_not_declared():
    enrolment = accepted(people=[{"email": "a@example.pl"}, {"email": "b@example.pl", "declared_at": NOW}])
    office = coordinator()
    office.post(f"/panel/zgloszenia/{enrolment.pk}/odsylacze/")
    assert [letter.to for letter in letters("participant_link")] == ["a@example.pl"]
    for nonsense in ("abc", "9" * 30, "-1"):
        assert (
            office.post(f"/panel/zgloszenia/{enrolment.pk}/odsylacze/", {"participant": nonsense}).status_code == 302
        )


def test_a_link_in_wrong_hands_is_made_to_open_nothing_and_a_new_one_goes_out(client):
    enrolment = accepted()
    old = address(enrolment, "enrolment_state")
    assert client.get(old).status_code == 200
    coordinator().post(f"/panel/zgloszenia/{enrolment.pk}/nowy-odsylacz/")
    assert client.get(old).status_code == 404
    enrolment.refresh_from_db()
    assert client.get(address(enrolment, "enrolment_state")).status_code == 200
    assert len(letters("enrolment_started")) == 2


def test_letters_that_no_database_holds_are_no_error_of_ours(client):
    enrolment = submitted(client)
    office = coordinator()
    opened(office, enrolment)
    assert decide(office, enrolment, **{"return": "1", "uwaga-name": "Po\0praw", "uwaga-\0": "x"}).status_code == 302
    assert fill(client, enrolment, "instytucja", name="Fun\0dacja", regon="1\0").status_code == 422


# Updates.


def people_update(client, enrolment, **given):
    return client.post(address(enrolment, "people_update"), {"effective_on": "2026-12-01"} | given)


def answer_update(update, office=None, **given):
    return (office or coordinator()).post(f"/panel/zgloszenia/aktualizacje/{update.pk}/", given)


def test_people_come_go_and_change_from_a_day_and_history_stays(client):
    enrolment = accepted(people=[{"first_name": "Odchodzi"}, {"first_name": "Awansuje"}])
    leaving, rising = enrolment.delegations.order_by("pk")
    given = {"lines": "Nowa Osoba; wolontariuszka; nowa@example.pl", "ended": [leaving.pk], "changed": rising.pk}
    for _ in range(2):  # a double click
        assert people_update(client, enrolment, **given, role="zarzad", job_title="prezes").status_code == 302
    update = EnrolmentUpdate.objects.get()
    assert Delegation.objects.filter(enrolment=enrolment).count() == 2
    office = coordinator()
    assert "Nowa Osoba" in office.get(f"/panel/zgloszenia/aktualizacje/{update.pk}/").content.decode()
    for _ in range(2):
        answer_update(update, office, accept="1")
    told = Delegation.objects.filter(enrolment=enrolment).order_by("pk")
    assert [(one.participant.first_name, one.role, str(one.starts_on), str(one.ends_on)) for one in told] == [
        ("Odchodzi", "pracownik", "2026-01-01", "2026-12-01"),
        ("Awansuje", "pracownik", "2026-01-01", "2026-12-01"),
        ("Awansuje", "zarzad", "2026-12-01", "None"),
        ("Nowa", "wolontariusz", "2026-12-01", "None"),
    ]
    assert Participant.objects.count() == 3
    assert [letter.to for letter in letters("participant_link")] == ["nowa@example.pl"]
    assert {letter.to for letter in letters("update_decided")} == {"biuro@example.pl", "jan@example.pl"}


@pytest.mark.parametrize(
    ("given", "field", "words"),
    [
        ({}, "__all__", "Nic się nie zmienia"),
        ({"lines": "Ktoś; nikt"}, "lines", "brakuje imienia i nazwiska"),
        ({"effective_on": "2030-01-01", "lines": "Jan Nowy; członek; j@example.pl"}, "effective_on", "poza czasem"),
        ({"effective_on": "jutro"}, "effective_on", "Podaj datę"),
        ({"ended": ["999"]}, "ended", "999"),
    ],
)
def test_an_update_that_makes_no_sense_is_said_beside_its_field(client, given, field, words):
    answer = people_update(client, accepted(), **given)
    assert answer.status_code == 422
    assert words in " ".join(answer.context["form"].errors[field])
    assert EnrolmentUpdate.objects.count() == 0


def test_an_update_is_sent_back_only_with_words_and_changes_nothing(client):
    enrolment = accepted()
    people_update(client, enrolment, lines="Nowa Osoba; członek; nowa@example.pl")
    update = EnrolmentUpdate.objects.get()
    office = coordinator()
    for answer in (" ", "a" * 501):
        refused = answer_update(update, office, **{"return": "1", "answer": answer})
        assert (refused.status_code, list(refused.context["form"].errors)) == (422, ["answer"])
    answer_update(update, coordinator(account(Role.ADMINISTRATOR)), **{"return": "1", "answer": "Limit osób."})
    update.refresh_from_db()
    assert (update.state, update.answer, enrolment.delegations.count()) == ("odrzucona", "Limit osób.", 1)
    assert "Limit osób." in letters("update_decided")[0].body


def move(client, enrolment, **changed):
    given = STEPS["adres"] | {"street": "ul. Nowa", "effective_on": "2026-11-01"} | changed
    return client.post(address(enrolment, "address_update"), given)


def test_an_accepted_address_is_proposed_for_the_card_and_put_there_by_one_button(client):
    card = OrganisationFactory(published=True)
    enrolment = accepted(institution=card.institution, nip=card.institution.nip)
    assert move(client, enrolment).status_code == 302
    update = EnrolmentUpdate.objects.get()
    office = coordinator()
    answer_update(update, office, accept="1")
    enrolment.refresh_from_db()
    card.institution.refresh_from_db()
    assert (enrolment.street, card.institution.street) == ("ul. Nowa", "ul. Drukarska")
    page = office.get(f"/panel/zgloszenia/aktualizacje/{update.pk}/").content.decode()
    assert "Zmień adres na karcie" in page
    for _ in range(2):
        answer_update(update, office, card="1")
    card.institution.refresh_from_db()
    update.refresh_from_db()
    assert card.institution.street == "ul. Nowa"
    assert update.applied_to_card_at is not None
    assert "ul. Nowa" in client.get(card.get_absolute_url()).content.decode()
    assert "Zmień adres na karcie" not in office.get(f"/panel/zgloszenia/aktualizacje/{update.pk}/").content.decode()


def test_an_address_of_tomorrow_waits_for_its_day_and_the_same_one_is_no_change(client):
    enrolment = accepted(phone="+48717704050")
    same = move(client, enrolment, street="ul. Drukarska")
    assert same.context["form"].non_field_errors() == ["Nic się nie zmienia. Wpisz, kogo lub co zmienić."]
    move(client, enrolment, effective_on="2027-11-01")
    answer = answer_update(EnrolmentUpdate.objects.get(), accept="1")
    assert "jeszcze nie obowiązuje" in answer.content.decode()


def test_a_closed_edition_leads_to_no_update_and_takes_none(client):
    enrolment = accepted(closed := edition(closed_at=NOW))
    page = client.get(address(enrolment, "enrolment_state")).text
    assert (closed.name in page, "Zmień osoby" in page, "Zmień adres" in page) == (True, False, False)
    answer = people_update(client, enrolment, lines="Nowa Osoba; członek; nowa@example.pl")
    assert answer.context["form"].non_field_errors() == [
        "Ta edycja projektu została zamknięta. Zmian już nie przyjmujemy."
    ]


def test_only_an_accepted_form_is_updated(client):
    enrolment = EnrolmentFactory()
    assert client.get(address(enrolment, "people_update")).status_code == 404
    assert client.get(address(enrolment, "address_update")).status_code == 404


def test_nobody_decides_on_updates_of_their_own_institution(client):
    card = OrganisationFactory(published=True)
    enrolment = accepted(institution=card.institution, nip=card.institution.nip)
    move(client, enrolment)
    user = account(Role.COORDINATOR)
    hold(user, Role.REPRESENTATIVE, organisation=card)
    update = EnrolmentUpdate.objects.get()
    assert answer_update(update, coordinator(user), accept="1").status_code == 422
    update.refresh_from_db()
    assert update.state == "do-sprawdzenia"
    assert Institution.objects.get(pk=card.institution_id).street == "ul. Drukarska"
