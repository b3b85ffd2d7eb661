"""What a person gives about themselves by their own link, and takes back."""

import json

from django.db import IntegrityError, transaction
from django.utils import timezone

from core.exceptions import Refused
from core.polish import fold
from core.sealing import fingerprint, fingerprints
from events.choices import TextKind
from events.completeness import OBLIGATORY
from events.enrolment.texts import texts_in_force
from events.models import Participant, ParticipantConsent
from events.models.participants import PESEL
from events.use_cases.enrolment.joining import join
from events.use_cases.signups.steps import documents_arrived

FREE = (TextKind.CONTACT, TextKind.IMAGE)
OTHER_NAME = "Ten PESEL jest już zapisany przy innym imieniu i nazwisku. Sprawdź numer albo napisz do koordynatora."


@transaction.atomic
def declare(*, participant_id, values, pesel, form, answers, sensitive, ticked, user=None, now):
    """Keep a person's own data and declarations; returns the Participant, None when they were joined with themselves.

    `values` {column: value}; `pesel` as OwnDataForm says it (None: no change); `form` the FormVersion that was
    answered; `sensitive` the answers to be sealed; `ticked` ids of the texts agreed to now. The same PESEL twice in an
    edition is one person: the delegations go to the row that declared first, whose own address gets the letter.
    Refused: a text that must be read was not.
    """
    participant = locked(participant_id)
    if pesel and (other := _other(participant, pesel)):
        _refuse_if_not_the_same(participant, other, values)
        join(duplicate_id=participant.pk, into_id=other.pk, now=now)
        return None
    today = timezone.localdate(now)
    _consent(participant, ticked, texts_in_force(participant.edition_id, today), now)
    for column, value in values.items():
        setattr(participant, column, value)
    if pesel is not None:
        participant.pesel, participant.pesel_fingerprint = pesel, pesel and fingerprint(PESEL, pesel)
    participant.form, participant.answers = form, answers
    participant.sensitive_answers = json.dumps(sensitive, ensure_ascii=False) if sensitive else ""
    participant.declared_at = participant.declared_at or now
    if user and participant.user_id is None and user.email.lower() == participant.email.lower():
        participant.user = user if fold(user.full_name) == fold(str(participant)) else None
    try:
        with transaction.atomic():
            participant.save()
    except IntegrityError as error:  # the same PESEL came by two links in one moment
        raise Refused("Ktoś zapisywał te dane w tej samej chwili. Wyślij formularz jeszcze raz.") from error
    documents_arrived(participant_ids=[participant.pk], now=now)
    return participant


@transaction.atomic
def give_consent(*, participant_id, kind, text_id, now):
    """Agree to contact or to the use of one's image, in the words of this text. Twice is not an error."""
    participant = locked(participant_id)
    text = texts_in_force(participant.edition_id, timezone.localdate(now)).get(kind)
    if kind not in FREE or text is None:
        raise Refused("Tej zgody nie można teraz dać.")
    if text.pk != text_id:
        raise Refused("Tekst tej zgody właśnie się zmienił. Przeczytaj nową wersję i zgódź się jeszcze raz.")
    _consent(participant, {text_id}, {TextKind(kind): text}, now)


@transaction.atomic
def withdraw_consent(*, participant_id, kind, now):
    """Take back consent to contact or image from now on. Twice is not an error."""
    participant = locked(participant_id)
    if kind not in FREE:
        raise Refused("Tego nie można wycofać: to potwierdzenie, że tekst został przeczytany.")
    ParticipantConsent.objects.filter(participant=participant, text__kind=kind, withdrawn_at=None).update(
        withdrawn_at=now
    )


def locked(participant_id):
    rows = Participant.objects.select_for_update(of=("self",), no_key=True).select_related("edition", "form")
    participant = rows.filter(pk=participant_id, erased_at=None).first()
    if participant is None:
        raise Refused("Tych danych już nie ma.")
    return participant


def sensitive_of(participant):
    """{code: value} of the sealed answers."""
    return json.loads(participant.sensitive_answers) if participant.sensitive_answers else {}


def answers_of(participant):
    """{code: value} of all answers to the form of the edition, the sealed ones too."""
    return participant.answers | sensitive_of(participant)


def _consent(participant, ticked, texts, now):
    open_ones = ParticipantConsent.objects.filter(participant=participant, withdrawn_at=None)
    given = set(open_ones.values_list("text", flat=True))
    for kind, text in texts.items():
        if text.pk in given:
            continue
        if text.pk in ticked:
            ParticipantConsent.objects.create(participant=participant, text=text, given_at=now)
        elif kind in OBLIGATORY:
            raise Refused(f"Najpierw trzeba przeczytać: {text.title}.", field=kind)


def _other(participant, pesel):
    marks = fingerprints(PESEL, pesel)
    same = Participant.objects.filter(edition=participant.edition_id, pesel_fingerprint__in=marks)
    return same.exclude(pk=participant.pk).first()


def _refuse_if_not_the_same(participant, other, values):
    """Somebody else's number, mistyped or tried out, must not let anybody into their data."""
    if participant.declared_at is not None:
        raise Refused("Ten PESEL jest już w tej edycji. Napisz do koordynatora.", field="pesel")
    names = f"{values.get('first_name', '')} {values.get('last_name', '')}"
    if fold(names) != fold(str(other)):
        raise Refused(OTHER_NAME, field="pesel")
