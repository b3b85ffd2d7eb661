"""What the office keeps of a case, and for how long. The sources of the mark say nothing of it: the times are
settings, shown to administrators as unconfirmed (core.personal_data.standing).

Records prove what was decided and agreed: they stay for MARK_RECORDS_KEPT_DAYS. All else of a case served to decide
it and goes after MARK_CASES_KEPT_DAYS: the application itself, what was sent with it, calls, photos of visits, scores
with their reasons, messages. Both count from the end of the case; while its mark lives nothing goes.
"""

from datetime import timedelta

from django.conf import settings
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from quality_mark.choices import ApplicationState, DocumentKind, MarkState
from quality_mark.models import Application, Licence

# Codes of papers: what the office decided, and the agreement with both its copies.
RECORDS = [
    DocumentKind.DECISION,
    DocumentKind.REFUSAL,
    DocumentKind.UNEXAMINED,
    DocumentKind.LICENCE,
    "umowa-podpisana",
    DocumentKind.SUSPENSION,
    DocumentKind.REVOCATION,
    DocumentKind.CORRECTED,
]


def cases_before(now):
    return now - timedelta(days=settings.MARK_CASES_KEPT_DAYS)


def records_before(now):
    return now - timedelta(days=settings.MARK_RECORDS_KEPT_DAYS)


def over_since(moment):
    """Cases with a number that ended before this moment, and whose mark, if there is one, did so too."""
    return Application.objects.filter(_is_over(), decided_at__lt=moment).exclude(number="").exclude(_is_held(moment))


def still_needed(moment):
    """Cases that are not, for an Exists() by `agenda_items` or the like."""
    return Application.objects.filter(~_is_over() | Q(decided_at__gte=moment) | _is_held(moment))


def _is_over():
    return Q(state__in=ApplicationState.over())


def _is_held(moment):
    """By a mark that lives, or did at the moment."""
    held = Licence.objects.filter(application=OuterRef("pk"))
    return Exists(held.filter(Q(mark__state__in=MarkState.living()) | Q(mark__since__gte=timezone.localdate(moment))))
