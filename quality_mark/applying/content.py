"""All of an application in words: for its summary, for the office, and for the document."""

from django.utils.text import Truncator

from core.answering import answered
from core.templatetags.portal import date_words, money, nip
from quality_mark.applying import steps
from quality_mark.applying.forms import PERIODS, stored_form
from quality_mark.choices import ApplicationKind
from quality_mark.models import Application, SurveyQuestion
from registry.choices import TargetGroup

TEXTS = (steps.CHANGES, steps.OFFER, steps.AIM)
OFFICIAL = {
    "name": "Nazwa",
    "operator": "Prowadzi",
    "kind": "Rodzaj",
    "legal_form": "Forma prawna",
    "nip": "NIP",
    "regon": "REGON",
    "krs": "KRS",
    "street": "Ulica i numer",
    "postal_code": "Kod pocztowy",
    "town": "Miejscowość",
}


def sections(application):
    """[(title, [(label, value)])] of what has a value. Three queries, five of a renewal."""
    labels = steps.steps_of(application.kind)
    found = [
        ("Wnioskodawca", _applicant(application)),
        *(
            (labels[step], _written(application, step))
            for step in (steps.CHANGES, steps.OFFER, steps.AIM)
            if step in labels
        ),
        (steps.STEPS[steps.MONEY], money_rows(application)),
        (steps.STEPS[steps.SURVEY], _survey(application)),
        (steps.STEPS[steps.RECOMMENDATIONS], _recommendations(application)),
        (steps.STEPS[steps.PAPERS], _papers(application)),
        (steps.STEPS[steps.DECLARATIONS], _declarations(application)),
        ("Różnice od poprzedniego wniosku", differences(application)),
    ]
    return [(title, rows) for title, rows in found if rows]


def differences(application):
    """[(step and field, what stood there the last time)] of a renewal: what the office has to look at anew."""
    if application.kind != ApplicationKind.RENEWAL:
        return []
    before = Application.objects.filter(licence__mark=application.mark_id).order_by("-licence__granted_on").first()
    old, rows = before.answers if before else {}, []
    for step in (steps.OFFER, steps.AIM, steps.MONEY, steps.SURVEY):
        was, now = old.get(step, {}), application.answers.get(step, {})
        for name, field in stored_form(application, step).fields.items():
            if (was.get(name) or "") != (now.get(name) or ""):
                rows.append((f"{steps.STEPS[step]}: {field.label}", f"poprzednio: {_short(was.get(name))}"))
    return rows or [("Oferta, cel, przychody, ankieta", "odpowiedzi takie same jak poprzednio")]


def _short(value):
    text = ", ".join(map(str, value)) if isinstance(value, list) else str(value or "")
    return Truncator(text).chars(300) if text.strip() else "nic"


def money_rows(application):
    form = stored_form(application, steps.MONEY)
    form.is_valid()
    cleaned, rows = form.cleaned_data, []
    for number in range(1, PERIODS + 1):
        year, total, own = (cleaned.get(f"{name}{number}") for name in ("year", "total", "own"))
        if year:
            rows.append((f"Przychody w {year} roku", f"ogółem {_pln(total)}, w tym własne {_pln(own)}"))
    return [*rows, ("Udział przychodów własnych", form.remark)] if form.remark else rows


def _pln(amount):
    return "nie podano" if amount is None else money(amount)


def _applicant(application):
    facts = application.applicant
    given = [(label, facts.get(name, "")) for name, label in OFFICIAL.items()]
    rows = [(label, nip(value) if label == "NIP" else value) for label, value in given if value]
    offer = application.offer_facts.get("name") or application.offer.name
    return [*rows, ("Oferta", offer)]


def _written(application, step):
    form, answers = stored_form(application, step), application.answers.get(step, {})
    groups = dict(TargetGroup.choices)
    rows = []
    for name, field in form.fields.items():
        value = answers.get(name)
        if isinstance(value, list):
            value = ", ".join(groups.get(one, one) for one in value)
        if value:
            rows.append((field.label, value))
    return rows


def _survey(application):
    form = stored_form(application, steps.SURVEY)
    form.is_valid()
    questions = SurveyQuestion.objects.filter(rulebook=application.rulebook_id)
    return answered(questions, form.answers("quality_mark/survey"))


def _recommendations(application):
    rows = []
    for one in application.recommendations.select_related("paper"):
        if one.given_at:
            said = f"plik: {one.paper.name}" if one.paper else f"{one.text}\n{one.signed_name}, {one.function}"
            rows.append((one.recommender, said))
    return rows


def _papers(application):
    titles = dict(application.rulebook.requiredpaper_set.values_list("code", "title"))
    papers = application.papers.filter(removed_at=None, is_of_office=False, code__in=titles)
    return [(titles[one.code], f"{one.name}, dodano {date_words(one.uploaded_at)}") for one in papers]


def _declarations(application):
    form, answers = stored_form(application, steps.DECLARATIONS), application.answers.get(steps.DECLARATIONS, {})
    return [(field.label, "tak") for name, field in form.fields.items() if answers.get(name)]
