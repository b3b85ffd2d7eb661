"""What editions hold on somebody who has an account, for core.personal_data."""

from core.answering import answered, discard_files
from events.models import Participant, ParticipantConsent
from events.use_cases.enrolment.participation import FREE, answers_of, sensitive_of


def collect_participations(user):
    """[{name in Polish: value}] of each edition in which the person has declared while signed in."""
    rows = Participant.objects.filter(user=user, erased_at=None).select_related("edition", "form", "municipality")
    return [_told(one) for one in rows.order_by("pk")]


def erase_participations(user, now):
    """Take the account out of its editions, and everything that was given freely with it.

    What settling the project demands stays until Edition.personal_data_until (art. 17 ust. 3 lit. b RODO).
    """
    mine = Participant.objects.filter(user=user, erased_at=None)
    ids = list(mine.values_list("pk", flat=True))
    ParticipantConsent.objects.filter(participant__in=ids, text__kind__in=FREE, withdrawn_at=None).update(
        withdrawn_at=now
    )
    for one in mine.select_related("form"):
        if one.form:
            discard_files(one.form.questions.all(), sensitive_of(one), but={})
    mine.update(user=None, special_needs="", diet="", sensitive_answers="")
    # The history would keep what was just taken out.
    Participant.pgh_event_model.objects.filter(pgh_obj_id__in=ids).delete()


def _told(one):
    questions = list(one.form.questions.all()) if one.form else []
    consents = one.consents.select_related("text").order_by("given_at", "pk")
    return {
        "projekt": one.edition.name,
        "imię i nazwisko": str(one),
        "e-mail": one.email,
        "telefon": one.phone,
        "PESEL": one.pesel,
        "data urodzenia": one.birth_date,
        "płeć": one.get_sex_display(),
        "wykształcenie": one.get_education_display(),
        "status na rynku pracy": one.get_labour_status_display(),
        "adres": ", ".join(filter(None, [one.street_line, one.postal_code, one.town])),
        "szczególne potrzeby": one.special_needs,
        "dieta": one.diet,
        "oświadczenie": one.declared_at,
        **dict(answered(questions, answers_of(one))),
        **{f"{consent.text} – od": consent.given_at for consent in consents},
        **{f"{consent.text} – wycofano": consent.withdrawn_at for consent in consents if consent.withdrawn_at},
    }
