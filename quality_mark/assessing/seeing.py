"""Who sees which scores. Assessors are independent: nobody sees what others think before they have sent their own."""

from quality_mark.assessing.scoring import found, sheets_of
from quality_mark.models import Assessment


def active(application):
    """Those who were not taken off."""
    return [one for one in application.assessments.all() if one.left_at is None]


def all_in(application):
    """Nobody is waited for, and there are as many as the rules say."""
    rows = active(application)
    return all(one.sent_at for one in rows) and len(rows) >= application.rulebook.assessors


def missing(application):
    """How many more have to be asked: as many as the rules say, and a third when the others are far apart."""
    rows = list(application.assessments.active().prefetch_related("scores"))
    first = application.rulebook.assessors - sum(1 for one in rows if not one.is_third)
    return max(first, 0) or int(wants_third(application, rows))


def wants_third(application, rows):
    """Whether these assessments, all of them sent, are far apart, and nobody was asked as the third yet."""
    rules = application.rulebook
    if len(rows) < rules.assessors or any(one.is_third or not one.sent_at for one in rows):
        return False
    return found(sheets_of(rows), list(rules.substantivecriterion_set.all()), rules).is_far


def may_see_others(assessment):
    """As its author: once they have sent their own and the first round is in."""
    sent = sum(1 for one in active(assessment.application) if one.sent_at)
    return assessment.sent_at is not None and sent >= assessment.application.rulebook.assessors


def of_assessor(user):
    """Assessments that are the person's own, without those they were taken off."""
    return (
        Assessment.objects.active()
        .filter(assessor=user)
        .select_related(
            "application__rulebook",
            "application__offer__organisation__institution",
            "application__offer__organisation__unit",
            "application__offer__organisation__kind",
        )
    )
