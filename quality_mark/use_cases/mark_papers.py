"""The office's papers about a mark. They stand in the file of the application by which it was last licensed."""

from quality_mark.models import Application
from quality_mark.papers.mark_letter import letter_pdf
from quality_mark.use_cases.office_papers import keep


def keep_letter(*, mark, kind, reason, due_at=None, hearing_until=None, actor, now):
    """The Paper, in the caller's transaction; None of a mark without a licence, whose case nobody knows."""
    application = (
        (Application.objects.filter(licence__mark=mark).select_related("rulebook", "offer__organisation__institution"))
        .order_by("-licence__granted_on")
        .first()
    )
    if application is None:
        return None
    title, content = letter_pdf(
        application, kind, number=mark.number, reason=reason, due_at=due_at, hearing_until=hearing_until, now=now
    )
    return keep(application=application, code=kind, content=content, name=f"{title}.pdf", actor=actor, now=now)
