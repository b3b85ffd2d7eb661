"""The steps of an application. What is typed is kept as it was typed; what is wrong or missing is told, never lost."""

from django.urls import reverse

from quality_mark.choices import ApplicationKind

APPLICANT, OFFER, AIM, MONEY, SURVEY, CHANGES = "podmiot", "oferta", "cel", "przychody", "ankieta", "zmiany"
RECOMMENDATIONS, PAPERS, DECLARATIONS, SUMMARY = "rekomendacje", "dokumenty", "oswiadczenia", "podsumowanie"
STEPS = {
    APPLICANT: "Podmiot",
    OFFER: "Produkt lub usługa",
    AIM: "Cel społeczny",
    MONEY: "Przychody",
    SURVEY: "Ankieta",
    RECOMMENDATIONS: "Rekomendacje",
    PAPERS: "Dokumenty",
    DECLARATIONS: "Oświadczenia",
    SUMMARY: "Podsumowanie",
}
# Of a renewal: what has changed is told first, recommendations are not asked for again.
RENEWAL = {CHANGES: "Co się zmieniło"} | {slug: label for slug, label in STEPS.items() if slug != RECOMMENDATIONS}
# Steps whose fields are saved in Application.answers.
WRITTEN = (CHANGES, OFFER, AIM, MONEY, SURVEY, DECLARATIONS)


def steps_of(kind):
    """{slug: label} of an application of this kind."""
    return RENEWAL if kind == ApplicationKind.RENEWAL else STEPS


def written_of(kind):
    """{slug: label} of its steps with fields, in their order."""
    return {slug: label for slug, label in steps_of(kind).items() if slug in WRITTEN}


def after(step, kind=ApplicationKind.FIRST):
    slugs = list(steps_of(kind))
    return slugs[min(slugs.index(step) + 1, len(slugs) - 1)]


def url_of(application_id, step):
    """Steps without fields of their own have pages of their own."""
    named = {APPLICANT: "applicant", SUMMARY: "summary", PAPERS: "papers", RECOMMENDATIONS: "recommendations"}
    if step in named:
        return reverse(f"quality_mark:{named[step]}", args=[application_id])
    return reverse("quality_mark:step", args=[application_id, step])
