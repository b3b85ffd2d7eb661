"""Two who press in one moment, on the ways of institutions and people through their forms."""

import pytest

from core.exceptions import Refused
from events.models import Delegation, Enrolment, Participant
from events.use_cases.enrolment import reviewing
from events.use_cases.enrolment.enrolling import start, start_for
from events.use_cases.enrolment.participation import declare
from events.use_cases.enrolment.roster import add_people
from events.use_cases.enrolment.signing import prepare
from notifications.models import OutgoingEmail
from registry.models import Institution
from tests.accounts.factories import account
from tests.accounts.test_at_once import at_once
from tests.events.enrolling import complete, draft, edition
from tests.events.factories import NOW, DelegationFactory, EnrolmentFactory, ParticipantFactory
from tests.registry.factories import InstitutionFactory

pytestmark = pytest.mark.django_db(transaction=True)
NIP, PESEL = "8881000049", "44051401458"


def tried(work, **given):
    try:
        return work(**given)
    except Refused as refusal:
        return str(refusal)


def test_a_form_is_begun_once_by_two_clicks():
    one, user = edition(), account()
    institution = InstitutionFactory(nip=NIP)
    given = {"edition_id": one.pk, "institution_id": institution.pk, "user": user, "now": NOW}
    first, second = at_once(*[lambda: start_for(**given)] * 2)
    assert first == second == Enrolment.objects.get()
    at_once(*[lambda: start(edition_id=one.pk, nip="8881000055", email="a@example.pl", now=NOW)] * 2)
    assert Enrolment.objects.count() == 2


def test_of_two_drafts_of_one_institution_one_goes_to_be_signed(client):
    one = edition()
    drafts = [draft(one, nip=NIP) for _ in range(2)]
    for each in drafts:
        complete(client, each)
    results = at_once(*[lambda pk=each.pk: tried(prepare, enrolment_id=pk, now=NOW) for each in drafts])
    assert sorted(Enrolment.objects.values_list("state", flat=True)) == ["do-podpisu", "szkic"]
    assert len([words for words in results if "ma już zgłoszenie" in str(words)]) == 1


def test_two_coordinators_accept_once_and_the_institution_is_written_down_once():
    enrolment = EnrolmentFactory(nip=NIP, state="do-sprawdzenia", submitted_at=NOW)
    DelegationFactory(enrolment=enrolment, participant__edition=enrolment.edition)
    actors = [account(email=f"{name}@example.pl") for name in ("a", "b")]
    at_once(
        *[lambda who=who: tried(reviewing.accept, enrolment_id=enrolment.pk, actor=who, now=NOW) for who in actors]
    )
    assert Institution.objects.filter(nip=NIP).count() == 1
    assert OutgoingEmail.objects.filter(template="events/email/participant_link").count() == 1


def test_a_list_pasted_twice_in_a_moment_stands_there_once():
    from events.enrolment.roster import Person

    enrolment = draft()
    people = [Person(f"Osoba{n}", "Nazwiskowa", "pracownik", f"o{n}@example.pl") for n in range(50)]
    at_once(*[lambda: add_people(enrolment_id=enrolment.pk, people=people, now=NOW)] * 2)
    assert Delegation.objects.count() == 50


def test_the_same_pesel_by_two_links_in_one_moment_is_one_person_in_the_end():
    one = edition(person_fields=["pesel"])
    rows = [ParticipantFactory(edition=one, first_name="Ola", last_name="Kowalska") for _ in range(2)]
    for row in rows:
        DelegationFactory(participant=row, enrolment=EnrolmentFactory(edition=one, accepted=True))

    def give(row):
        return declare(
            participant_id=row.pk,
            values={"first_name": "Ola", "last_name": "Kowalska", "email": row.email},
            pesel=PESEL,
            form=None,
            answers={},
            sensitive={},
            ticked=set(one.texts.values_list("pk", flat=True)),
            now=NOW,
        )

    results = at_once(*[lambda row=row: tried(give, row=row) for row in rows])
    for row, result in zip(rows, results, strict=True):
        if isinstance(result, str):  # told to send it once more
            assert result.startswith("Ktoś zapisywał te dane w tej samej chwili.")
            assert give(row) is None
    assert Participant.objects.get().pesel == PESEL
    assert Delegation.objects.filter(participant=Participant.objects.get()).count() == 2
