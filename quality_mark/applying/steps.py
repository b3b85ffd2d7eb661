"""The steps of an application. What is typed is kept as it was typed; what is wrong or missing is told, never lost."""

from django.urls import reverse

OFFER, AIM, MONEY, SURVEY = "oferta", "cel", "przychody", "ankieta"
RECOMMENDATIONS, PAPERS, DECLARATIONS, SUMMARY = "rekomendacje", "dokumenty", "oswiadczenia", "podsumowanie"
STEPS = {
    OFFER: "Produkt lub usługa",
    AIM: "Cel społeczny",
    MONEY: "Przychody",
    SURVEY: "Ankieta",
    RECOMMENDATIONS: "Rekomendacje",
    PAPERS: "Dokumenty",
    DECLARATIONS: "Oświadczenia",
    SUMMARY: "Podsumowanie",
}
# Steps whose fields are saved in Application.answers.
WRITTEN = (OFFER, AIM, MONEY, SURVEY, DECLARATIONS)


def after(step):
    slugs = list(STEPS)
    return slugs[min(slugs.index(step) + 1, len(slugs) - 1)]


def storable(text):
    """JSON of PostgreSQL holds no NUL."""
    return text.replace("\0", "")


def typed_of(data, fields):
    """{field: what was typed} of these fields: texts, and lists of texts where several may be chosen."""
    return {name: _typed(data, name, fields[name]) for name in fields}


def _typed(data, name, field):
    if hasattr(field.widget, "allow_multiple_selected") and field.widget.allow_multiple_selected:
        return [storable(value)[:100] for value in data.getlist(name)][:50]
    return storable(data.get(name, ""))[:10_000]


def url_of(application_id, step):
    """Steps with files and the summary have pages of their own."""
    named = {SUMMARY: "summary", PAPERS: "papers", RECOMMENDATIONS: "recommendations"}
    if step in named:
        return reverse(f"quality_mark:{named[step]}", args=[application_id])
    return reverse("quality_mark:step", args=[application_id, step])
