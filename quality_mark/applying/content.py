"""All of an application in words, for its summary and for the document: only what has a value."""

from django.utils.text import Truncator

from core.templatetags.portal import date_words
from quality_mark.applying import steps, words
from quality_mark.applying.forms import stored_form
from quality_mark.choices import ApplicationKind
from quality_mark.models import Application


def sections(application):
    """[(title, [(label, value)])] of what has a value. Three queries, five of a renewal."""
    found = [("Wnioskodawca i oferta", words.applicant(application)), *_written(application)]
    if steps.RECOMMENDATIONS in steps.steps_of(application.kind):
        found.append((steps.STEPS[steps.RECOMMENDATIONS], _recommendations(application)))
    found.append((steps.STEPS[steps.PAPERS], _papers(application)))
    found.append(("Różnice od poprzedniego wniosku", differences(application)))
    told = ((title, [(label, value) for label, value in rows if value]) for title, rows in found)
    return [(title, rows) for title, rows in told if rows]


def differences(application):
    """[(step and field, what stood there the last time)] of a renewal: what the office has to look at anew."""
    if application.kind != ApplicationKind.RENEWAL or application.forgotten_at:
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


def _written(application):
    for section in words.written(application):
        share = [("Udział przychodów własnych", section.remark)] if section.remark else []
        yield section.label, [*section.facts, *share]


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
