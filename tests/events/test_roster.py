"""People whom an institution writes down: one by one, and three hundred at once."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from events.enrolment.roster import read_line
from events.models import Delegation, Participant
from tests.events.enrolling import address, draft, person
from tests.events.factories import NOW, DelegationFactory, ParticipantFactory, RegistrationFactory

pytestmark = pytest.mark.django_db


def paste(client, enrolment, text):
    return client.post(address(enrolment, "enrolment_people"), {"lines": text})


def lines(count):
    return "\n".join(f"Osoba{n} Nazwiskowa; pracownik; o{n}@example.pl; 601 202 {n:03}" for n in range(count))


def test_three_hundred_people_are_pasted_and_shown_fifty_to_a_page(client):
    enrolment = draft()
    assert paste(client, enrolment, lines(300)).status_code == 302
    assert enrolment.delegations.count() == 300
    page = client.get(address(enrolment, "enrolment_people") + "?page=6")
    assert "300 osób" in page.content.decode()
    assert [str(one.participant) for one in page.context["page"]][-1] == "Osoba299 Nazwiskowa"


def test_pages_ask_as_often_for_one_person_as_for_thirty(client):
    def asked(count):
        enrolment = draft()
        paste(client, enrolment, lines(count))
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get(address(enrolment, "enrolment_people"))
        return len(queries)

    asked(2)
    assert asked(2) == asked(30)


def test_good_lines_are_added_and_faulty_ones_stay_each_with_its_reason(client):
    enrolment = draft()
    answer = paste(
        client,
        enrolment,
        "Jan Kowalski; pracownik; jan@example.pl\n"
        "Bezmail Osoba; pracownik;\n"
        "Ewa Nowak; królowa; ewa@example.pl\n"
        "Kowalska; wolontariuszka; k@example.pl; 123",
    )
    assert answer.status_code == 422
    form = answer.context["paste_form"]
    assert form.data["lines"].splitlines() == [
        "Bezmail Osoba; pracownik;",
        "Ewa Nowak; królowa; ewa@example.pl",
        "Kowalska; wolontariuszka; k@example.pl; 123",
    ]
    assert form.errors["lines"] == [
        "Dodano 1 osobę. Te wiersze trzeba poprawić:",
        "Bezmail Osoba; pracownik;: brakuje poprawnego adresu e-mail",
        "Ewa Nowak; królowa; ewa@example.pl: rola „królowa” nie jest znana",
        "Kowalska; wolontariuszka; k@example.pl; 123: brakuje imienia i nazwiska; telefon: to nie jest numer telefonu",
    ]
    assert [str(one) for one in Participant.objects.all()] == ["Jan Kowalski"]


@pytest.mark.parametrize(
    ("line", "role", "phone"),
    [
        ("Jan Kowalski\tCZŁONEK ZARZĄDU\tJAN@example.pl\t601202303", "zarzad", "+48601202303"),
        ("Jan  Kowalski ; Członkini ; jan@example.pl", "czlonek", ""),
        ("Jan Kowalski;wolontariusz;jan@example.pl;", "wolontariusz", ""),
        ("Jan Kowalski;pracowniczka;jan@example.pl", "pracownik", ""),
    ],
)
def test_a_line_is_read_as_people_and_spreadsheets_write_it(line, role, phone):
    one, problems = read_line(line)
    assert problems == []
    assert (one.first_name, one.last_name, one.role, one.email, one.phone) == (
        "Jan", "Kowalski", role, "jan@example.pl", phone,
    )  # fmt: skip


def test_a_person_is_written_down_once_and_two_may_share_an_address(client):
    enrolment = draft()
    path = address(enrolment, "enrolment_people")
    assert client.post(path, person()).status_code == 302
    again = client.post(path, person(first_name="OLA", email="OLA@example.pl"))
    assert again.context["person_form"].non_field_errors() == ["Ta osoba już jest na liście."]
    assert client.post(path, person(first_name="Jan", last_name="Inny")).status_code == 302
    assert paste(client, enrolment, "Ola Kowalska; pracownik; ola@example.pl").status_code == 302
    assert enrolment.delegations.count() == 2


def test_a_row_is_put_right_and_taken_off(client):
    enrolment = draft()
    client.post(address(enrolment, "enrolment_people"), person())
    delegation = enrolment.delegations.get()
    path = address(enrolment, "enrolment_person", delegation.pk)
    client.post(path, person(last_name="Nowa", role="zarzad", job_title="skarbniczka"))
    delegation.refresh_from_db()
    assert (str(delegation.participant), delegation.role, delegation.job_title) == (
        "Ola Nowa", "zarzad", "skarbniczka",
    )  # fmt: skip
    client.post(path, {"remove": "1"})
    assert (Delegation.objects.count(), Participant.objects.count()) == (0, 0)
    assert client.post(path, {"remove": "1"}).status_code == 404


def test_whoever_has_more_here_than_the_row_only_stops_being_delegated(client):
    enrolment = draft()
    signed_up = DelegationFactory(enrolment=enrolment, participant__edition=enrolment.edition)
    RegistrationFactory(participant=signed_up.participant)
    client.post(address(enrolment, "enrolment_person", signed_up.pk), {"remove": "1"})
    signed_up.refresh_from_db()
    assert signed_up.ends_on is not None
    assert Participant.objects.count() == 1


def test_what_a_person_has_confirmed_is_no_longer_the_institution_s_to_see_or_change(client):
    enrolment = draft()
    who = ParticipantFactory(
        edition=enrolment.edition, declared_at=NOW, email="prywatny@example.pl", phone="+48601202303"
    )
    delegation = DelegationFactory(enrolment=enrolment, participant=who)
    path = address(enrolment, "enrolment_person", delegation.pk)
    page = client.get(path).content.decode() + client.get(address(enrolment, "enrolment_people")).content.decode()
    assert "prywatny@example.pl" not in page
    client.post(path, person(first_name="Inna", last_name="Osoba", email="szef@example.pl", role="zarzad"))
    who.refresh_from_db()
    delegation.refresh_from_db()
    given = (who.first_name, who.email, who.phone)
    assert (given, delegation.role) == (("Ola", "prywatny@example.pl", "+48601202303"), "zarzad")


def test_a_signatory_is_added_once_and_removed(client):
    enrolment = draft()
    path = address(enrolment, "enrolment_signatories")
    given = {"name": "Maria Przykładowa", "function": "prezeska"}
    assert client.post(path, given).status_code == 302
    assert client.post(path, given).context["form"].errors["name"] == ["Ta osoba już jest na liście."]
    signatory = enrolment.signatories.get()
    for _ in range(2):
        client.post(address(enrolment, "enrolment_signatory_removal", signatory.pk))
    assert enrolment.signatories.count() == 0
