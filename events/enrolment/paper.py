"""The form of an institution as PDF/UA, with everything that was filled in and lines for signatures."""

from django.utils import timezone

from core import pdf
from core.answering import in_words
from core.asking import Answer
from core.templatetags.portal import date_words, nip, phone
from events.choices import TextKind
from events.day.logos import strip
from events.enrolment.faults import answered_questions
from events.enrolment.steps import QUESTIONS
from events.enrolment.summary import facts_of
from events.models import EditionText
from events.use_cases.enrolment.roster import roster_of


def form_pdf(enrolment):
    """Bytes of the PDF."""
    logos, pictures = strip(enrolment.edition)
    return pdf.document("events/enrolment.typ", form_data(enrolment) | {"logos": logos}, pictures=pictures)


def form_data(enrolment):
    edition, today = enrolment.edition, timezone.localdate()
    questions = answered_questions(enrolment)
    return {
        "edition": {
            "name": edition.name,
            "number": edition.number,
            "programme": edition.programme,
            "funding": edition.funding_statement,
        },
        "institution": enrolment.name,
        "nip": nip(enrolment.nip),
        "sections": [
            {"title": title, "rows": [[label, str(value)] for _, label, value in rows if value]}
            for step, title, rows in facts_of(enrolment)
            if step != QUESTIONS
        ],
        "answers": [
            [one.label, in_words(one, enrolment.answers[one.code])]
            for one in questions
            if one.answer != Answer.DECLARATION and enrolment.answers.get(one.code) not in (None, "", [])
        ],
        "declarations": [
            {"label": one.label, "given": enrolment.answers.get(one.code) is True}
            for one in questions
            if one.answer == Answer.DECLARATION
        ],
        "form": version_words(enrolment.form),
        "regulations": version_words(enrolment.regulations),
        "information": version_words(_information(enrolment, today)),
        "signatories": [[one.name, one.function] for one in enrolment.signatories.all()],
        "people": [
            [f"{one.participant}", one.get_role_display(), one.job_title, *_reached(one.participant)]
            for one in roster_of(enrolment)
        ],
        "printed": date_words(today),
    }


def version_words(row):
    """ "regulamin uczestnictwa, wersja 2, obowiązuje od 3 listopada 2026", or nothing."""
    if row is None:
        return ""
    title = getattr(row, "title", "") or row.get_kind_display()
    return f"{title}, wersja {row.version}, obowiązuje od {date_words(row.valid_from)}"


def _reached(participant):
    """What the institution wrote; of those who have given their own data since, nothing."""
    return ["", ""] if participant.declared_at else [participant.email, phone(participant.phone)]


def _information(enrolment, today):
    texts = EditionText.objects.filter(edition=enrolment.edition_id, kind=TextKind.INFORMATION)
    return texts.valid_on(today).first()
