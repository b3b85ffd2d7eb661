"""Whether a case that was handed on can still be taken back: nobody has acted on it since."""

from quality_mark.models import Vote
from quality_mark.workflow import LAST_BACK

MOVED = "Od tego czasu w sprawie coś się już wydarzyło: tego kroku nie można cofnąć."
SENT = "Ktoś wysłał już ocenę: przekazania do oceny nie można cofnąć."
VOTED = "Nad tą sprawą otwarto już głosowanie: przekazania Kapitule nie można cofnąć."


def why_not(application, step):
    """Why this step of LAST_BACK cannot be taken now, in words, or an empty text."""
    last = application.steps.last()
    if last is None or last.name != LAST_BACK[step]:
        return MOVED
    if step == "unassign":
        return SENT if application.assessments.filter(left_at=None, sent_at__isnull=False).exists() else ""
    votes = Vote.objects.filter(item__application=application, item__mark=None, opens_at__gte=last.at)
    return VOTED if votes.exists() else ""
