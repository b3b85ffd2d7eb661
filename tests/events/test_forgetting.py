"""People of an edition on the day on which they are forgotten."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection

from accounts.choices import Role
from core.sealing import fingerprint
from events.models import (
    Delegation,
    Enrolment,
    EnrolmentUpdate,
    FieldRemark,
    FormQuestion,
    Paper,
    Participant,
    ParticipantConsent,
    Registration,
    RegistrationStep,
    Signatory,
)
from events.models.participants import PESEL
from events.use_cases import forgetting
from events.use_cases.day.certificates import correct, issue
from events.use_cases.enrolment.closing import tell_late_drafts
from events.use_cases.enrolment.roster import remove_person
from tests.accounts.factories import account
from tests.events.enrolling import accepted, draft, edition, letters
from tests.events.factories import (
    NOW,
    DelegationFactory,
    EventFactory,
    ParticipantFactory,
    RegistrationFactory,
)

pytestmark = pytest.mark.django_db
DAY = datetime(2033, 12, 31, 3, tzinfo=UTC)
SECRETS = [
    "44051401458",
    "Sekretna",
    "sekret@example.pl",
    "WÓZEK",
    "BEZGLUTENU",
    "ul. Tajna",
    "1944-05-14",
    "601202303",
]


def everything():
    """All that any table of the app and its history says, as text."""
    tables = connection.introspection.table_names()
    said = []
    with connection.cursor() as cursor:
        for table in tables:
            if table.startswith("events_"):
                cursor.execute(f'SELECT t::text FROM "{table}" t')  # noqa: S608 - names of tables
                said += [row for (row,) in cursor.fetchall()]
    return " ".join(said)


def full(one):
    form = one.forms.get(kind="osoba")
    FormQuestion.objects.create(form=form, code="plik", label="Zaświadczenie", answer="file")
    name = default_storage.save("events/answers/a.pdf", ContentFile(b"%PDF-1.7"))
    enrolment = accepted(
        one,
        people=[
            {
                "first_name": "Ola", "last_name": "Sekretna", "email": "sekret@example.pl", "phone": "+48601202303",
                "pesel": "44051401458", "pesel_fingerprint": fingerprint(PESEL, "44051401458"), "sex": "k",
                "birth_date": date(1944, 5, 14), "street_line": "ul. Tajna 1", "special_needs": "WÓZEK",
                "diet": "BEZGLUTENU", "declared_at": NOW, "form": form, "answers": {"plik": name},
            }
        ],
    )  # fmt: skip
    return enrolment, enrolment.delegations.get().participant, name


def test_on_its_day_everything_that_tells_who_a_person_was_is_gone_and_the_count_stays(
    django_capture_on_commit_callbacks,
):
    one = edition()
    enrolment, participant, name = full(one)
    participant.diet = "BEZGLUTENU i bez orzechów"  # a line of history
    participant.save()
    text = one.texts.get(kind="regulamin")
    ParticipantConsent.objects.create(participant=participant, text=text, given_at=NOW)
    RegistrationFactory(
        participant=participant, event=EventFactory(edition=one), last_name="Sekretna", email="sekret@example.pl",
        needs="WÓZEK",
    )  # fmt: skip
    assert forgetting.forget_people(DAY - timedelta(days=1)) == 0
    with django_capture_on_commit_callbacks(execute=True):
        assert forgetting.forget_people(DAY) == 1
    assert forgetting.forget_people(DAY) == 0
    participant.refresh_from_db()
    assert (str(participant), participant.sex, participant.erased_at) == ("(dane usunięte)", "k", DAY)
    assert (Registration.objects.get().full_name, ParticipantConsent.objects.count()) == ("(dane usunięte)", 0)
    assert not default_storage.exists(name)
    assert [secret for secret in SECRETS if secret in everything()] == []


def test_forms_keep_the_institution_and_lose_its_people_and_pages(django_capture_on_commit_callbacks):
    enrolment, _, _ = full(edition())
    Signatory.objects.create(enrolment=enrolment, name="Maria Sekretna", function="prezeska")
    paper = Paper(enrolment=enrolment, content_type="application/pdf", sha256="a", sent_at=NOW)
    paper.file.save("a.pdf", ContentFile(b"%PDF"), save=True)
    Enrolment.objects.filter(pk=enrolment.pk).update(
        contact_name="Jan Sekretny",
        contact_email="sekret@example.pl",
        phone="+48601202303",
        phone_other="601202303",
        started_by=account(email="kto@example.pl"),
    )
    EnrolmentUpdate.objects.create(
        enrolment=enrolment, kind="osoby", effective_on=date(2026, 12, 1), sent_at=NOW,
        changes=[{"do": "add", "first_name": "Ala", "last_name": "Sekretna"}],
    )  # fmt: skip
    forgetting.forget_people(DAY)
    with django_capture_on_commit_callbacks(execute=True):
        assert forgetting.forget_forms(DAY) == 1
    assert forgetting.forget_forms(DAY) == 0
    enrolment.refresh_from_db()
    assert (enrolment.name != "", enrolment.contact_name, enrolment.started_by) == (True, "", None)
    assert not default_storage.exists(paper.file.name)
    said = everything()
    assert [secret for secret in ["Sekretn", "sekret@example.pl", "601202303"] if secret in said] == []


def test_what_is_written_into_a_form_after_its_day_goes_the_next_night():
    enrolment = accepted(edition())
    assert (forgetting.forget_forms(DAY), forgetting.forget_forms(DAY)) == (1, 0)
    late = {"enrolment": enrolment, "sent_at": DAY, "effective_on": date(2026, 12, 1), "kind": "osoby"}
    update = EnrolmentUpdate.objects.create(**late, changes=[{"do": "end", "name": "Ala Sekretna"}])
    assert (forgetting.forget_forms(DAY), forgetting.forget_forms(DAY)) == (1, 0)
    update.refresh_from_db()
    assert update.changes == []
    FieldRemark.objects.create(enrolment=enrolment, field="name", words="Pani Sekretna", made_at=DAY)
    assert (forgetting.forget_forms(DAY), forgetting.forget_forms(DAY)) == (1, 0)
    assert "Sekretna" not in everything()


def test_many_people_are_forgotten_in_batches(monkeypatch):
    monkeypatch.setattr(forgetting, "BATCH", 2)
    one = edition()
    for _ in range(5):
        ParticipantFactory(edition=one)
    assert [forgetting.forget_people(DAY) for _ in range(4)] == [2, 2, 1, 0]


def test_who_was_taken_off_a_draft_leaves_the_history_too():
    enrolment = draft()
    one = DelegationFactory(
        enrolment=enrolment,
        participant=ParticipantFactory(edition=enrolment.edition, last_name="Sekretna"),
        job_title="Tajna radczyni",
    )
    remove_person(enrolment_id=enrolment.pk, delegation_id=one.pk, now=NOW)
    assert Participant.objects.count() == 0
    assert "Sekretna" in everything()
    while forgetting.forget_people(DAY):
        pass
    assert [words for words in ("Sekretna", "Tajna") if words in everything()] == []


def test_a_draft_that_nobody_sent_is_deleted_after_its_time_with_its_people(settings):
    settings.EVENTS_DRAFT_KEPT_DAYS = 180
    old, kept = draft(), draft()
    of_old = ParticipantFactory(edition=old.edition, last_name="Sekretna")
    DelegationFactory(enrolment=old, participant=of_old, job_title="Sekretna radczyni")
    signed_up = DelegationFactory(enrolment=kept, participant__edition=kept.edition)
    RegistrationFactory(participant=signed_up.participant, enrolment=kept)
    sent = accepted()
    later = NOW + timedelta(days=180, seconds=1)
    assert forgetting.forget_drafts(NOW + timedelta(days=180)) == 0
    assert forgetting.forget_drafts(later) == 1
    assert set(Enrolment.objects.values_list("pk", flat=True)) == {kept.pk, sent.pk}
    assert Delegation.objects.count() == 2
    assert Participant.objects.filter(last_name="Sekretna").count() == 0
    assert "Sekretna" not in everything()


def test_whoever_was_late_with_a_draft_is_told_once():
    late = draft(edition(enrolment_until=date(2026, 11, 21)))
    for _ in range(2):
        tell_late_drafts(now=NOW)
    assert [letter.to for letter in letters("enrolment_closed")] == [late.contact_email, late.email]
    assert "Minął termin" in letters()[0].body


def test_certificates_reasons_and_answers_of_forgotten_people_name_nobody():
    one = edition()
    enrolment, participant, _ = full(one)
    registration = RegistrationFactory(
        participant=participant, enrolment=enrolment, event=EventFactory(edition=one, state="odbyte"),
        first_name="Ola", last_name="Sekretna", state="obecny",
    )  # fmt: skip
    [certificate] = issue(event_id=registration.event_id, actor=None, now=NOW)
    correct(certificate_id=certificate.pk, note="Nazwisko: Sekretna", actor=None, now=NOW)
    RegistrationStep.objects.create(
        registration=registration,
        name="jump",
        target="potwierdzone",
        note="Pani Sekretna jest po operacji",
        made_at=NOW,
    )
    update = EnrolmentUpdate.objects.create(
        enrolment=enrolment, kind="osoby", state="odrzucona", answer="Pani Sekretna jest już na liście.",
        effective_on=date(2026, 12, 1), sent_at=NOW, decided_at=NOW, changes=[],
    )  # fmt: skip
    forgetting.forget_people(DAY)
    forgetting.forget_forms(DAY)
    certificate.refresh_from_db()
    update.refresh_from_db()
    facts = certificate.facts
    assert (facts["name"], facts["first_name"], facts["last_name"]) == ("(dane usunięte)", "(dane", "usunięte)")
    assert (certificate.number, update.state, update.answer) == ("ZU 1/2026", "odrzucona", "(dane usunięte)")
    assert "Sekretna" not in everything()


@pytest.mark.parametrize("state", ["do-sprawdzenia", "przyjeta"])
def test_a_forgotten_change_of_address_can_be_looked_at_and_changes_nothing(client, state):
    enrolment = accepted(edition())
    update = EnrolmentUpdate.objects.create(
        enrolment=enrolment, kind="adres", state=state, effective_on=date(2026, 12, 1), sent_at=NOW,
        decided_at=None if state == "do-sprawdzenia" else NOW, changes={"old": {}, "new": {"street": "ul. Tajna"}},
    )  # fmt: skip
    forgetting.forget_forms(DAY)
    client.force_login(account(Role.COORDINATOR))
    address = f"/panel/zgloszenia/aktualizacje/{update.pk}/"
    assert client.get(address).status_code == 200
    pressed = "accept" if state == "do-sprawdzenia" else "card"
    answer = client.post(address, {pressed: "", "answer": ""}, follow=True)
    assert "nie ma czego zmieniać" in answer.text
    update.refresh_from_db()
    assert (update.state, update.applied_to_card_at) == (state, None)
