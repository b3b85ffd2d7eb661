"""What is still missing in an institution's form before it can be signed, step by step and field by field."""

from dataclasses import dataclass

from core.answering import NOT_TICKED, REQUIRED
from core.asking import Answer
from events.enrolment import steps
from events.enrolment.texts import newer_words, versions_of

OUTSIDE = "spoza"
# Fields that must not be empty, and what is said when they are.
WORDS = {
    steps.INSTITUTION: {
        "name": "Podaj pełną nazwę instytucji.",
        "category": "Wybierz kategorię.",
        "legal_form": "Wybierz formę prawną.",
    },
    steps.ADDRESS: {
        "house_number": "Podaj numer domu.",
        "postal_code": "Podaj kod pocztowy.",
        "town": "Podaj miejscowość.",
        "municipality": "Wybierz gminę.",
        "phone": "Podaj telefon.",
        "email": "Podaj e-mail.",
    },
    steps.CONTACT: {
        "contact_name": "Podaj imię i nazwisko osoby do kontaktu.",
        "contact_phone": "Podaj telefon tej osoby.",
        "contact_email": "Podaj e-mail tej osoby.",
    },
}
LABELS = {
    "nip": "NIP",
    "name": "Pełna nazwa",
    "category": "Kategoria",
    "legal_form": "Forma prawna",
    "regon": "REGON",
    "krs": "KRS",
    "other_register": "Inny rejestr i numer",
    "street": "Ulica",
    "house_number": "Numer domu",
    "flat_number": "Numer lokalu",
    "postal_code": "Kod pocztowy",
    "post_office": "Poczta",
    "town": "Miejscowość",
    "municipality": "Gmina",
    "correspondence_address": "Adres do korespondencji",
    "phone": "Telefon instytucji",
    "email": "E-mail instytucji",
    "www": "Strona www",
    "contact_name": "Imię i nazwisko osoby do kontaktu",
    "contact_phone": "Telefon osoby do kontaktu",
    "contact_email": "E-mail osoby do kontaktu",
    "reprezentacja": "Osoby uprawnione do reprezentacji",
    "osoby": "Osoby delegowane",
    "papiery": "Podpisany formularz",
}


@dataclass(frozen=True, slots=True)
class Fault:
    step: str
    field: str
    label: str
    words: str


def questions_of(enrolment, day):
    """What is asked on a day."""
    form, _ = versions_of(enrolment, day)
    return list(form.questions.all()) if form else []


def answered_questions(enrolment):
    """What was asked when the answers were given; of a draft that may be an older version than what is asked today."""
    return list(enrolment.form.questions.all()) if enrolment.form else []


def carried_answers(enrolment, questions):
    """{code: value} of the answers that fit `questions`: those to a question that was answered in the same way."""
    before = {one.code: one.answer for one in answered_questions(enrolment)}
    fitting = {one.code for one in questions if before.get(one.code) == one.answer}
    return {code: value for code, value in enrolment.answers.items() if code in fitting}


def faults_of(enrolment, questions, *, day):
    """Every Fault in the order of the steps; empty when the form can be signed."""
    faults = []
    for step, required in WORDS.items():
        typed = enrolment.answers.get(steps.TYPED, {}).get(step, {})
        values = steps.saved_values(enrolment, step)
        for field in dict.fromkeys([*required, *typed]):
            if field == "municipality" and values.get(field) == OUTSIDE:
                continue
            if field in typed:
                faults.append(Fault(step, field, LABELS[field], "Popraw to, co jest wpisane."))
            elif not values.get(field):
                faults.append(Fault(step, field, LABELS[field], required[field]))
    if not enrolment.signatories.exists():
        faults.append(Fault(steps.SIGNATORIES, "", LABELS["reprezentacja"], "Wpisz, kto podpisuje formularz."))
    if not enrolment.delegations.filter(ends_on=None).exists():
        faults.append(Fault(steps.PEOPLE, "", LABELS["osoby"], "Wpisz co najmniej jedną osobę."))
    return [*faults, *_of_questions(enrolment, questions, day)]


def _of_questions(enrolment, questions, day):
    values = steps.saved_values(enrolment, steps.QUESTIONS)
    typed = enrolment.answers.get(steps.TYPED, {}).get(steps.QUESTIONS, {})
    faults = [
        Fault(
            steps.QUESTIONS,
            f"pytanie-{question.code}",
            question.label,
            NOT_TICKED if question.answer == Answer.DECLARATION else REQUIRED,
        )
        for question in questions
        if question.code in typed or (question.is_required and values.get(question.code) in (None, "", []))
    ]
    if not faults and not steps.is_seen(enrolment, steps.QUESTIONS):
        faults.append(Fault(steps.QUESTIONS, "", steps.STEPS[steps.QUESTIONS], "Przeczytaj i zapisz ten krok."))
    if newer := newer_words(enrolment, day):
        faults.append(Fault(steps.QUESTIONS, "", steps.STEPS[steps.QUESTIONS], newer))
    return faults
