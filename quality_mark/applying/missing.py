"""What keeps an application from being sent: told at once for all steps, each with the place where it is mended."""

from dataclasses import dataclass, replace

from core.templatetags.portal import plural
from quality_mark.applying import steps
from quality_mark.applying.forms import FORMS, stored_form
from quality_mark.choices import ApplicationKind


@dataclass(frozen=True, slots=True)
class Gap:
    step: str
    text: str
    field: str = ""
    url: str = ""


def gaps(application):
    """[Gap] in the order of the steps. Queries: those of papers, recommendations and questions."""
    found = [*_written(application), *_recommendations(application), *_papers(application)]
    return [replace(gap, url=steps.url_of(application.pk, gap.step)) for gap in found]


def _written(application):
    for step in (step for step in FORMS if step in steps.steps_of(application.kind)):
        form = stored_form(application, step)
        for name, words in form.errors.items():
            yield Gap(step, f"{form.fields[name].label.rstrip('.?:')}: {words[0]}", name)


def _recommendations(application):
    if application.kind == ApplicationKind.RENEWAL:
        return
    least = application.rulebook.least_recommendations
    given = application.recommendations.filter(given_at__isnull=False).count()
    if given < least:
        had = f"{given} {plural(given, 'rekomendację,rekomendacje,rekomendacji')}"
        yield Gap(steps.RECOMMENDATIONS, f"Wniosek ma {had}, potrzeba co najmniej {least}.")


def _papers(application):
    asked = application.papers_asked.filter(is_required=True)
    there = set(application.papers.filter(removed_at=None).values_list("code", flat=True))
    for paper in asked:
        if paper.code not in there:
            yield Gap(steps.PAPERS, f"Brakuje dokumentu: {paper.title}.", paper.code)
