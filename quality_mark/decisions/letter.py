"""The letter about a decision as a PDF. It names neither assessors nor votes."""

from django.utils import timezone

from core.templatetags.portal import date_words
from quality_mark.calendar import last_day
from quality_mark.choices import DocumentKind
from quality_mark.office.documents import letter_page
from quality_mark.papers.mark_letter import complaint_words
from quality_mark.papers.words import facts_of
from quality_mark.wording import fill, paragraphs, template_of


def decision_pdf(application, kind, *, reason, due_at, now):
    """(title, bytes) by the template of this kind in the rules of the case. Refused when they have none."""
    template = template_of(application.rulebook, kind)
    facts = facts_of(application) | {
        "note": reason,
        "due": date_words(last_day(due_at)) if due_at else "",
        "date": date_words(timezone.localdate(now)),
    }
    title = fill(template.title, facts)
    said = [complaint_words(application.rulebook, now)] if kind == DocumentKind.REFUSAL else []
    words = paragraphs(template.body, facts) + said
    return title, letter_page(application, title=title, number=application.number, words=words, now=now)
