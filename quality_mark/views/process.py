"""How a case goes, for applicants: drawn from the tables of steps, with the days that the rules of today give."""

from django.shortcuts import render
from django.utils import timezone
from django.utils.safestring import mark_safe

from core.templatetags.portal import NBSP, plural
from quality_mark.applying.eligibility import rules_on
from quality_mark.office.clock import silence_words
from quality_mark.register.versions import versioned
from quality_mark.telling import picture, way


def says(out):
    return f"{out.label} ({out.actors})"


@versioned
def process(request):
    ways = [
        ("wniosek", "Droga wniosku", way.way_of_application(is_public=True)),
        ("znak", "Życie znaku", way.life_of_mark(is_public=True)),
    ]
    rules = rules_on(timezone.localdate())
    drawn = [
        # Labels of the program itself, escaped where they are drawn.
        (title, mark_safe(picture.svg(places, title=title, key=key, says=says)), places)  # noqa: S308
        for key, title, places in ways
    ]
    return render(
        request,
        "quality_mark/register/process.html",
        {
            "drawn": drawn,
            "times": times(rules) if rules else [],
            "silence": silence_words(rules) if rules else "",
        },
    )


def times(rules):
    """[(what, how long)] as these rules say."""
    day = "dzień roboczy,dni robocze,dni roboczych" if rules.working_days else "dzień,dni,dni"
    given = [
        ("Ocena formalna", rules.formal_days, day),
        ("Uzupełnienie po wezwaniu", rules.correction_days, day),
        ("Ocena merytoryczna", rules.assessment_days, day),
        ("Rozpatrzenie kompletnego wniosku", rules.procedure_months, "miesiąc,miesiące,miesięcy"),
        ("Podpisanie umowy licencyjnej", rules.signing_days, day),
        ("Skarga", rules.complaint_days, day),
        ("Ważność znaku", rules.licence_months, "miesiąc,miesiące,miesięcy"),
    ]
    return [(what, f"{count}{NBSP}{plural(count, words)}") for what, count, words in given]
