"""What the rules of a case propose when its time is over and nobody has decided. A person takes the step."""

from django.db.models import Q

from quality_mark.choices import Silence
from quality_mark.workflow import JUDGED

GRANT, REFUSE = "grant_unheard", "refuse_unheard"
STEPS = {Silence.GRANTS: GRANT, Silence.REFUSES: REFUSE}


def late(now):
    """Q of applications whose time is over."""
    return Q(state__in=JUDGED, due_at__lte=now)


def silent(now):
    """Q of those among them whose rules say what it means."""
    return late(now) & Q(rulebook__silence__in=list(STEPS))


def proposed(application, now):
    """The step that silence proposes, or an empty text."""
    is_late = application.state in JUDGED and application.due_at is not None and application.due_at <= now
    return STEPS.get(application.rulebook.silence, "") if is_late else ""
