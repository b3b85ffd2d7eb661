"""How marks are used: what anybody reports, and the yearly look at each."""

from datetime import timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from core.exceptions import Refused
from quality_mark import access
from quality_mark.choices import Actor, MarkState
from quality_mark.models import Mark, MisuseReport, Review
from quality_mark.register.numbers import number_of
from quality_mark.use_cases.moving import locked_mark
from quality_mark.use_cases.telling_office import tell_of_misuse

# Within this time the same words are the same press.
DOUBLE = timedelta(minutes=10)


@transaction.atomic
def report_misuse(*, number, place, message, email="", now):
    """Anybody's word that the mark is used wrongly; kept also when no mark has this number: that may be the point."""
    meant = number_of(number)
    said = {"number": number, "place": place, "message": message, "email": email}
    if there := MisuseReport.objects.filter(**said, settled_at=None, reported_at__gt=now - DOUBLE).first():
        return there
    marks = Mark.objects.select_related("offer__organisation__institution", "offer__organisation__unit")
    report = MisuseReport.objects.create(
        mark=marks.filter(number=meant).first() if meant else None,
        reported_at=now,
        **said,
    )
    tell_of_misuse(report, now=now)
    return report


@transaction.atomic
def settle_report(*, report_id, outcome, actor, now):
    report = MisuseReport.objects.select_for_update(of=("self",)).get(pk=report_id)
    if report.settled_at:
        return report
    if report.mark_id:
        access.check(actor, Actor.CLERK, locked_mark(report.mark_id))
    report.outcome, report.settled_at, report.settled_by = outcome, now, actor
    report.save(update_fields=["outcome", "settled_at", "settled_by"])
    return report


@transaction.atomic
def review(*, mark_id, is_good, note="", actor, now):
    """The yearly look at a mark that lasts; once a year."""
    mark = locked_mark(mark_id)
    access.check(actor, Actor.CLERK, mark)
    if mark.state not in MarkState.living():
        raise Refused("Ten znak już nie obowiązuje, więc nie robi się jego przeglądu.")
    try:
        with transaction.atomic():
            return Review.objects.create(
                mark=mark, year=timezone.localdate(now).year, is_good=is_good, note=note, by=actor, at=now
            )
    except IntegrityError as error:
        raise Refused("Ten znak ma już przegląd w tym roku.") from error
