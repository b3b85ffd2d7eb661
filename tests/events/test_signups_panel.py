"""What sign-ups give to the panel: what waits for me, my own, and those of my institution's people."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.utils import timezone

from accounts.choices import Role
from events.choices import RegistrationState as State
from events.models import RegistrationStep
from tests.accounts.factories import account
from tests.events.factories import (
    NOW,
    DelegationFactory,
    EnrolmentFactory,
    EventFactory,
    ParticipantFactory,
    RegistrationFactory,
)
from tests.registry.factories import OrganisationFactory

pytestmark = pytest.mark.django_db
LIST = "/panel/zapisy/"


def make(**more):
    start = timezone.now() + timedelta(days=10)
    return EventFactory(**{"starts_at": start, "ends_at": start + timedelta(hours=5)} | more)


def proved(email="ewa@example.pl", verified=True):
    user = account(email=email)
    EmailAddress.objects.update_or_create(user=user, email=email, defaults={"verified": verified, "primary": True})
    return user


def words(client, page):
    return " ".join(client.get(page).content.decode().replace("\xa0", " ").split())


def test_what_waits_for_me_has_a_day(client):
    until = timezone.now() + timedelta(days=2)
    one = RegistrationFactory(event=make(title="Targi"), state=State.OFFERED, email="ewa@example.pl", hold_until=until)
    client.force_login(proved())
    text = words(client, "/panel/")
    assert "Jest miejsce, potwierdź udział: Targi" in text
    assert f"do {timezone.localdate(until).day} " in text
    href = text.partition('href="/zapis/')[2].partition('"')[0]
    assert client.get(f"/zapis/{href}").status_code == 200
    assert one.full_name in words(client, f"/zapis/{href}")


def test_an_address_that_was_not_proved_shows_nothing(client):
    RegistrationFactory(event=make(title="Targi"), state=State.OFFERED, email="ewa@example.pl")
    client.force_login(proved(verified=False))
    assert "Targi" not in words(client, "/panel/")
    assert "Targi" not in words(client, LIST)


def test_my_sign_ups_with_what_happened_to_them(client):
    user = proved()
    one = RegistrationFactory(event=make(title="Targi"), email="Ewa@Example.pl")
    RegistrationStep.objects.create(registration=one, name="sign_up", target="rezerwa", made_at=NOW)
    RegistrationStep.objects.create(registration=one, name="jump", target="potwierdzone", note="Tajne.", made_at=NOW)
    participant = ParticipantFactory(user=user)
    RegistrationFactory(event=make(title="Warsztat"), participant=participant, email="inny@example.pl")
    RegistrationFactory(event=make(title="Cudze"))
    client.force_login(user)
    text = words(client, LIST)
    assert "2 zapisy" in text
    assert "Przyjęcie przez koordynatora" in text
    assert "Warsztat" in text
    assert "Cudze" not in text
    assert "Tajne" not in text


def test_a_representative_sees_their_institutions_people_and_no_links_of_theirs(client):
    own, other = EnrolmentFactory(accepted=True), EnrolmentFactory(accepted=True)
    for enrolment, name in ((own, "Swoja"), (other, "Obca")):
        line = DelegationFactory(enrolment=enrolment)
        RegistrationFactory(
            event=make(edition=enrolment.edition),
            participant=line.participant,
            enrolment=enrolment,
            last_name=name,
            needs="Pętla",
            diet="bez soli",
            answers={"a": "sekret"},
        )
    user = account(Role.REPRESENTATIVE, organisation=OrganisationFactory(institution=own.institution))
    client.force_login(user)
    text = words(client, f"{LIST}?czyje=instytucji")
    assert "Swoja" in text
    for hidden in ("Obca", "Pętla", "bez soli", "sekret", "/zapis/"):
        assert hidden not in text
    assert "Osoby z mojej instytucji" in words(client, "/panel/")


def test_somebody_without_an_institution_cannot_ask_for_one(client):
    enrolment = EnrolmentFactory(accepted=True)
    line = DelegationFactory(enrolment=enrolment)
    RegistrationFactory(event=make(), participant=line.participant, enrolment=enrolment, last_name="Cudza")
    client.force_login(account())
    text = words(client, f"{LIST}?czyje=instytucji")
    assert "Nie masz zapisów" in text
    assert "Cudza" not in text


def test_a_visitor_is_sent_to_sign_in(client):
    assert client.get(LIST)["Location"].startswith("/konto/logowanie/")


def test_the_list_costs_the_same_at_one_and_at_thirty(client, django_assert_max_num_queries):
    user = proved()
    client.force_login(user)
    RegistrationFactory(event=make(), email="ewa@example.pl")
    counts = []
    for more in (0, 29):
        for _ in range(more):
            RegistrationFactory(event=make(), email="ewa@example.pl")
        with django_assert_max_num_queries(20) as captured:
            client.get(LIST)
        counts.append(len(captured))
    assert counts[0] == counts[1]


def test_a_coordinator_finds_events_and_projects_in_one_place_and_each_thing_said_once(client):
    EnrolmentFactory(state="do-sprawdzenia", submitted_at=NOW)
    client.force_login(account(Role.COORDINATOR))
    context = client.get("/panel/").context
    places = [place for place in context["places"] if place.title == "Wydarzenia i projekty"]
    assert [[label for label, _ in place.links] for place in places] == [
        ["Najbliższe wydarzenia", "Zgłoszenia instytucji", "Statystyki"]
    ]
    assert [one.label for one in context["waiting"] if "zgłosze" in one.label.lower()] == [
        "Do sprawdzenia: 1 zgłoszenie instytucji"
    ]
