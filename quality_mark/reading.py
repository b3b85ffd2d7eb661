"""The papers of a case for those who judge it, and who that is. A case of one's own organisation is read by nobody."""

from django.utils import timezone

from accounts.permissions import Action, may
from quality_mark.access import is_own
from quality_mark.applying import words
from quality_mark.applying.independence import with_remarks
from quality_mark.assessing.scoring import found, sheets_of
from quality_mark.assessing.seeing import of_assessor
from quality_mark.choices import RECOMMENDED, Outcome
from quality_mark.choices import ApplicationState as A
from quality_mark.commission import seats
from quality_mark.decisions.silence import proposed
from quality_mark.models import AgendaItem

SEEN_BY_DIRECTOR = (A.FORMAL_CHECK, A.COMMISSION, A.GRANTED, A.ACTIVE, A.REFUSED, A.LEFT_UNEXAMINED)


def may_read(user, application):
    """Whether the person judges this case: the office, its assessors, members at whose sitting it is, the director.

    Assessors before they have declared that they have no conflict, and members whom the portal itself keeps out, read
    nothing; a draft is read by nobody.
    """
    if not application.number or is_own(user, application.offer.organisation):
        return False
    if may(user, Action.HANDLE_MARK):
        return True
    if may(user, Action.ASSESS_MARK) and _declared(user, application):
        return True
    is_seen = application.state in SEEN_BY_DIRECTOR or proposed(application, timezone.now())
    if may(user, Action.DECIDE_ON_MARK) and is_seen:
        return True
    day = timezone.localdate()
    items = AgendaItem.objects.filter(application=application, sitting__in=seats.sittings_of(user, day))
    return items.exclude(recusals__member__person=user).exists() and not seats.bar(user, application)


def _declared(user, application):
    return of_assessor(user).filter(application=application, declared_at__isnull=False).exists()


def case_of(application):
    """What stands in the case, for quality_mark/judging/_case.html."""
    return {
        "facts": words.applicant(application),
        "answers": words.written(application),
        "forgotten_at": application.forgotten_at,
        "recommendations": with_remarks(
            application, list(application.recommendations.filter(given_at__isnull=False).select_related("paper"))
        ),
        "papers": words.with_titles(application, _sent(application)),
        "visits": application.visits.prefetch_related("photos"),
    }


def heard_of(application):
    """Complaints that brought the case back, the newest first: whoever decides anew reads why."""
    return application.complaints.filter(outcome=Outcome.UPHELD)


def _sent(application):
    """What the applicant has sent; recommendations stand apart."""
    return application.papers.filter(removed_at=None, is_of_office=False).exclude(code=RECOMMENDED)


def sheets(application):
    """What the assessors found, without their names: (criteria with a score of each, summaries, Found)."""
    criteria = list(application.rulebook.substantivecriterion_set.all())
    rows = [one for one in application.assessments.active().prefetch_related("scores") if one.sent_at]
    by_criterion = [(one, [_score(row, one) for row in rows]) for one in criteria]
    return (
        by_criterion,
        [row.comment for row in rows if row.comment],
        found(sheets_of(rows), criteria, application.rulebook),
    )


def _score(row, criterion):
    return next((score for score in row.scores.all() if score.criterion_id == criterion.pk), None)
