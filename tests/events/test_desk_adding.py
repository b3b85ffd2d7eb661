"""Sign-ups that come by phone, by mail and as a pasted list."""

import pytest
import time_machine

from events.choices import Channel, EnrolmentState
from events.choices import RegistrationState as State
from events.coordination.pasted import parse
from events.models import Delegation, Enrolment, Participant, Registration
from tests.events.factories import NOW, DelegationFactory, EditionFactory, EnrolmentFactory, EventFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def edition():
    return EditionFactory()


@pytest.fixture
def event(edition):
    return EventFactory(edition=edition)


def page(event, name="dopisz"):
    return f"/panel/wydarzenia/{event.slug}/{name}/"


def line(edition, first, last, institution="Fundacja Zielony Próg", **more):
    enrolment = Enrolment.objects.filter(edition=edition, name=institution).first() or EnrolmentFactory(
        edition=edition, accepted=True, name=institution
    )
    return DelegationFactory(
        enrolment=enrolment, participant__first_name=first, participant__last_name=last, participant__declared=True,
        **more,
    )  # fmt: skip


def messages_of(response):
    return [str(message) for message in response.context["messages"]]


# one by one


def found(client, event, words, **headers):
    response = client.get(page(event), {"q": words}, headers=headers)
    return [str(one.delegation.participant) for one in response.context["found"]]


def test_people_are_found_by_parts_of_names_and_institutions_without_accents(coordinator, event, edition):
    line(edition, "Łucja", "Żółkiewska")
    line(edition, "Anna", "Kowalska", "Spółdzielnia Ćma")
    line(EditionFactory(), "Ewa", "Inna")
    ended = line(edition, "Jan", "Dawny")
    Delegation.objects.filter(pk=ended.pk).update(ends_on=NOW.date())
    assert found(coordinator, event, "zolk") == ["Łucja Żółkiewska"]
    assert found(coordinator, event, "ŻÓŁ łuc") == ["Łucja Żółkiewska"]
    assert found(coordinator, event, "cma kow") == ["Anna Kowalska"]
    assert found(coordinator, event, "zielony prog") == ["Łucja Żółkiewska"]
    assert found(coordinator, event, "inna") == []
    assert found(coordinator, event, "ż") == []


def test_htmx_gets_the_list_alone(coordinator, event, edition):
    line(edition, "Anna", "Kowalska")
    response = coordinator.get(page(event), {"q": "kow"}, headers={"HX-Request": "true"})
    assert "Kowalska" in response.content.decode()
    assert "<h1" not in response.content.decode()


def test_whoever_is_chosen_is_signed_up_once_and_the_page_is_ready_for_the_next(coordinator, event, edition):
    who = line(edition, "Anna", "Kowalska")
    given = {"q": "kow", "dla": "kow", "osoba": who.pk, "kanal": "email"}
    response = coordinator.post(page(event), given, follow=True)
    assert messages_of(response) == ["Zapisano: Anna Kowalska – potwierdzone."]
    assert response.redirect_chain == [(f"{page(event)}?kanal=email", 302)]
    registration = Registration.objects.get()
    assert (registration.participant, registration.channel) == (who.participant, Channel.EMAIL)
    assert registration.registered_by.email == "koordynator@example.pl"
    with time_machine.travel(NOW.replace(minute=5), tick=False):
        response = coordinator.post(page(event), given, follow=True)
    assert messages_of(response) == ["Anna Kowalska ma już zapis na to wydarzenie – potwierdzone."]
    assert Registration.objects.count() == 1


def test_enter_pressed_before_the_new_list_came_takes_nobody_from_the_old_one(coordinator, event, edition):
    who = line(edition, "Anna", "Kowalska")
    line(edition, "Adam", "Kowal")
    response = coordinator.post(page(event), {"q": "kowal ad", "dla": "kowal", "osoba": who.pk})
    assert response.status_code == 422
    assert "Wybierz osobę z listy" in response.content.decode()
    assert 'value="kowal ad"' in response.content.decode()
    for words, shown in (("kowal ad", "kowal ad"), ("kowa", "kow"), ("kowa", "")):
        response = coordinator.post(page(event), {"q": words, "dla": shown, "osoba": who.pk})
        assert response.status_code == 422
    assert not Registration.objects.exists()


@pytest.mark.parametrize("key", ["", "0", "x", "9" * 400])
def test_nonsense_for_a_person_is_refused_in_words(coordinator, event, key):
    response = coordinator.post(page(event), {"q": "", "dla": "", "osoba": key})
    assert response.status_code == 422


def newcomer(**given):
    data = {"name": "Jan Maria Rokita", "contact": "600 100 200", "institution": ""} | given
    return {f"nowa-{name}": value for name, value in data.items()} | {"nowa": "1", "kanal": "telefon"}


def test_a_newcomer_to_an_open_event_gives_three_fields_and_is_entered_once(coordinator):
    event = EventFactory()
    for _ in range(2):
        coordinator.post(page(event), newcomer(institution="Gmina Przykładowa"))
    one = Registration.objects.get()
    assert (one.first_name, one.last_name, one.phone) == ("Jan Maria", "Rokita", "+48600100200")
    assert (one.institution_name, one.channel, one.state) == ("Gmina Przykładowa", Channel.PHONE, State.CONFIRMED)


def test_a_newcomer_to_a_project_joins_the_roster_and_waits_for_papers(coordinator, event, edition):
    enrolment = EnrolmentFactory(edition=edition, state=EnrolmentState.SUBMITTED, submitted_at=NOW)
    given = newcomer(institution=enrolment.pk, contact="J@Example.pl")
    response = coordinator.post(page(event), given, follow=True)
    assert messages_of(response) == ["Zapisano: Jan Maria Rokita – oczekuje na dokumenty."]
    with time_machine.travel(NOW.replace(minute=5), tick=False):
        response = coordinator.post(page(event), given, follow=True)
    assert messages_of(response) == ["Jan Maria Rokita ma już zapis na to wydarzenie – oczekuje na dokumenty."]
    one = Registration.objects.get()
    assert (one.state, one.enrolment, one.email) == (State.AWAITING_DOCUMENTS, enrolment, "j@example.pl")
    assert one.hold_until
    assert (Participant.objects.count(), Delegation.objects.get().starts_on) == (1, NOW.date())


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"name": "Rokita"}, "Podaj imię i nazwisko."),
        ({"contact": "nie wiem"}, "To nie jest numer telefonu ani adres e-mail."),
        ({"contact": "a@b"}, "To nie jest numer telefonu ani adres e-mail."),
        ({"name": "x" * 90 + " y"}, "Imię albo nazwisko jest za długie."),
    ],
)
def test_what_is_wrong_with_a_newcomer_is_said_beside_the_field(coordinator, given, words):
    event = EventFactory()
    response = coordinator.post(page(event), newcomer(**given))
    assert response.status_code == 422
    assert words in response.content.decode()
    assert not Registration.objects.exists()


def test_an_institution_of_another_edition_is_refused(coordinator, event):
    response = coordinator.post(page(event), newcomer(institution=EnrolmentFactory(accepted=True).pk))
    assert response.status_code == 422
    assert not Delegation.objects.exists()


def test_a_full_event_without_reserve_says_so_and_keeps_the_words(coordinator):
    event = EventFactory(capacity=1, has_reserve=False)
    coordinator.post(page(event), newcomer())
    response = coordinator.post(page(event), newcomer(name="Ewa Druga"))
    assert response.status_code == 422
    assert "Nie ma już wolnych miejsc." in response.content.decode()
    assert 'value="Ewa Druga"' in response.content.decode()


# a list: what is understood


def understood(text):
    [one] = parse(text)
    return one.name, one.institution, one.email, one.phone


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Jan Nowak; Fundacja; jan@example.pl; 600 100 200",
            ("Jan Nowak", "Fundacja", "jan@example.pl", "+48600100200"),
        ),
        ("Jan Nowak\tFundacja\tjan@example.pl", ("Jan Nowak", "Fundacja", "jan@example.pl", "")),
        ("Jan Nowak, Fundacja, Jan@Example.pl", ("Jan Nowak", "Fundacja", "jan@example.pl", "")),
        ("Jan\tNowak\tFundacja\t\t", ("Jan Nowak", "Fundacja", "", "")),
        ('"Nowak, Jan";Fundacja', ("Nowak, Jan", "Fundacja", "", "")),
        ('Jan Nowak;"Fundacja ""Próg"""', ("Jan Nowak", 'Fundacja "Próg', "", "")),
        ('Jan Nowak;Fundacja "Próg;jan@example.pl', ("Jan Nowak", "Fundacja Próg", "jan@example.pl", "")),
        ("1. Jan Nowak <jan@example.pl>", ("Jan Nowak", "", "jan@example.pl", "")),
        ("12\tJan Nowak\tFundacja", ("Jan Nowak", "Fundacja", "", "")),
        ("🙂 Jan Nowak 👩‍👧; Fundacja", ("Jan Nowak", "Fundacja", "", "")),
        ("dr Jan Nowak; Fundacja", ("Jan Nowak", "Fundacja", "", "")),
        ("Jan Nowak Fundacja Zielony Próg", ("Jan Nowak", "Fundacja Zielony Próg", "", "")),
        ("Jan Nowak jan@example.pl", ("Jan Nowak", "", "jan@example.pl", "")),
        ("Jan Nowak;Spółdzielnia nr 12;71 000 00 01", ("Jan Nowak", "Spółdzielnia nr 12", "", "+48710000001")),
    ],
)
def test_a_line_is_understood_in_any_sensible_writing(text, expected):
    assert understood(text) == expected


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("Nowak", "Jest jedno słowo, a potrzebne są imię i nazwisko."),
        ("jan@example.pl", "Nie ma imienia i nazwiska."),
        ("Jan Nowak2; Fundacja", "W imieniu lub nazwisku są cyfry."),
        ("Jan Nowak; Fundacja; jan@", ""),
        ("Jan Nowak; Fundacja; jan@example", "Adres jan@example nie jest poprawny."),
        (f"Jan {'x' * 90}; Fundacja", "Imię albo nazwisko jest za długie."),
    ],
)
def test_a_line_that_cannot_be_a_person_says_why(text, problem):
    [one] = parse(text)
    assert one.problem == problem


def test_headings_and_empty_lines_are_no_people_and_lines_keep_their_numbers():
    lines = parse("Imię i nazwisko;Instytucja\n\n;;\nJan Nowak;Fundacja\r\n   \nEwa Kos;Gmina\n")
    assert [(one.number, one.name) for one in lines] == [(4, "Jan Nowak"), (6, "Ewa Kos")]


# a list: what becomes of it


def paste(client, event, text, press="sprawdz", **more):
    return client.post(page(event, "dopisz-liste"), {"people": text, press: "1"}, **more)


def outcomes(response):
    return [(one.line.number, one.outcome, one.words) for one in response.context["judged"]]


def test_a_list_is_shown_first_and_entered_with_one_press(coordinator):
    event = EventFactory()
    text = "Jan Nowak;Fundacja;jan@example.pl\nEwa Kos\nJan Nowak;Fundacja;JAN@example.pl\nkowalski\n"
    response = paste(coordinator, event, text)
    assert outcomes(response) == [
        (1, "zapisze", ""),
        (2, "sprawdz", "Bez adresu: nie dostanie potwierdzenia."),
        (3, "juz", "Powtarza wiersz 1."),
        (4, "blad", "Jest jedno słowo, a potrzebne są imię i nazwisko."),
    ]
    assert not Registration.objects.exists()
    assert "Zapisz 2 osoby" in response.content.decode()
    response = paste(coordinator, event, text, "zapisz")
    assert list(Registration.objects.order_by("pk").values_list("last_name", "channel")) == [
        ("Nowak", "lista"), ("Kos", "lista"),
    ]  # fmt: skip
    # What could not be entered is what is left to put right.
    assert response.context["form"]["people"].value() == "kowalski"
    assert outcomes(response) == [(4, "blad", "Jest jedno słowo, a potrzebne są imię i nazwisko.")]
    with time_machine.travel(NOW.replace(minute=5), tick=False):
        response = paste(coordinator, event, text, "zapisz")
    assert Registration.objects.count() == 2
    assert [one[1] for one in outcomes(response)] == ["juz", "juz", "juz", "blad"]


def test_people_of_a_project_are_known_by_name_institution_or_address(coordinator, event, edition):
    line(edition, "Anna", "Kowalska")
    line(edition, "Anna", "Kowalska", "Spółdzielnia Ćma", participant__email="anna@example.pl")
    line(edition, "Jan", "Nowak")
    text = "\n".join(
        [
            "ANNA KOWALSKA; fundacja zielony prog",
            "Anna Kowalska; ; anna@example.pl",
            "Anna Kowalska",
            "Nowak Jan",
            "Nowa Osoba; Spółdzielnia Ćma",
            "Obca Osoba; Nieznana",
            "Obca Osoba",
        ]
    )
    response = paste(coordinator, event, text)
    assert outcomes(response) == [
        (1, "zapisze", ""),
        (2, "zapisze", ""),
        (
            3,
            "blad",
            "Jest więcej takich osób (Fundacja Zielony Próg, Spółdzielnia Ćma). Dopisz instytucję albo adres.",
        ),
        (4, "sprawdz", "Najpierw było nazwisko, potem imię."),
        (5, "sprawdz", "Nowa osoba w instytucji: Spółdzielnia Ćma. Miejsce czeka na dokumenty."),
        (6, "blad", "Tej instytucji nie ma w projekcie."),
        (7, "blad", "Nie ma takiej osoby w projekcie."),
    ]
    paste(coordinator, event, text, "zapisz")
    assert list(event.registrations.order_by("pk").values_list("last_name", "state")) == [
        ("Kowalska", "potwierdzone"),
        ("Kowalska", "potwierdzone"),
        ("Nowak", "potwierdzone"),
        ("Osoba", "oczekuje-na-dokumenty"),
    ]


def test_a_person_in_two_institutions_is_entered_once(coordinator, event, edition):
    first = line(edition, "Anna", "Kowalska")
    other = EnrolmentFactory(edition=edition, accepted=True, name="Spółdzielnia Ćma")
    DelegationFactory(enrolment=other, participant=first.participant)
    text = "Anna Kowalska; Fundacja Zielony Próg\nAnna Kowalska; Spółdzielnia Ćma"
    assert [one[1:] for one in outcomes(paste(coordinator, event, text))] == [
        ("zapisze", ""), ("juz", "Powtarza wiersz 1."),
    ]  # fmt: skip


@pytest.mark.parametrize("rows", [1, 30])
def test_a_preview_asks_the_same_number_of_queries_for_one_row_and_for_thirty(
    coordinator, event, edition, rows, django_assert_num_queries
):
    for number in range(rows):
        line(edition, "Anna", f"Kowalska-{number}")
    text = "\n".join(f"Anna Kowalska-{number}" for number in range(rows))
    with django_assert_num_queries(7):
        response = paste(coordinator, event, text)
    assert len(outcomes(response)) == rows


def test_500_lines_are_entered_and_501_are_refused_with_everything_kept(coordinator):
    event = EventFactory(capacity=480)
    text = "\n".join(f"Osoba Przykładowa-{chr(97 + n // 26)}{chr(97 + n % 26)};;o{n}@example.pl" for n in range(500))
    response = paste(coordinator, event, text + "\nJeszcze Jedna")
    assert response.status_code == 422
    assert "Najwyżej 500 wierszy naraz." in response.content.decode()
    assert response.context["form"]["people"].value().endswith("Jeszcze Jedna")
    response = paste(coordinator, event, text, "zapisz", follow=True)
    assert messages_of(response) == ["Zapisano z listy: 500."]
    assert event.registrations.filter(state=State.CONFIRMED).count() == 480
    assert event.registrations.filter(state=State.RESERVE).count() == 20


@pytest.mark.parametrize("text", ["", "   \n", ";;;\n\t\t", "\x00"])
def test_an_empty_list_is_refused_in_words(coordinator, text):
    response = paste(coordinator, EventFactory(), text)
    assert response.status_code == 422


def test_a_list_for_a_full_event_without_reserve_enters_nobody_and_keeps_the_words(coordinator):
    event = EventFactory(capacity=1, has_reserve=False)
    response = paste(coordinator, event, "Jan Nowak;;a@example.pl\nEwa Kos;;b@example.pl", "zapisz")
    assert response.status_code == 422
    assert "Nie ma już wolnych miejsc." in response.content.decode()
    assert "Ewa Kos" in response.content.decode()
    assert not Registration.objects.exists()
