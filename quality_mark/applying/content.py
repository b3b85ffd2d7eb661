"""All of an application in words, for its summary and for the document: only what has a value."""

from core.templatetags.portal import date_words
from quality_mark.applying import steps, words


def sections(application):
    """[(title, [(label, value)])] of what has a value. Three queries."""
    found = [("Wnioskodawca i oferta", words.applicant(application)), *_written(application)]
    if steps.RECOMMENDATIONS in steps.steps_of(application.kind):
        found.append((steps.STEPS[steps.RECOMMENDATIONS], _recommendations(application)))
    found.append((steps.STEPS[steps.PAPERS], _papers(application)))
    told = ((title, [(label, value) for label, value in rows if value]) for title, rows in found)
    return [(title, rows) for title, rows in told if rows]


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
