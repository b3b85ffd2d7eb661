"""The commission's opinion on taking a mark away: asked for, put on an agenda, and what it was."""

from django.db import transaction

from core.exceptions import Refused
from quality_mark import access
from quality_mark.choices import Actor, MarkState
from quality_mark.decisions.opinions import opinion_of
from quality_mark.models import Mark, Suspension
from quality_mark.use_cases.commission import keep_recusals, last_position, listed_elsewhere, open_sitting
from quality_mark.use_cases.moving import locked


@transaction.atomic
def ask(*, mark_id, actor, now):
    """The director wants to take a suspended mark away: the office puts it on an agenda. A second press is none."""
    mark = _locked(mark_id)
    access.check(actor, Actor.DIRECTOR, mark)
    row = _open(mark)
    if row.opinion_asked_at is None:
        row.opinion_asked_at, row.opinion_asked_by = now, actor
        row.save(update_fields=["opinion_asked_at", "opinion_asked_by"])
    return row


@transaction.atomic
def add_to_agenda(*, sitting_id, mark_id, actor):
    """Put the question at the end of the agenda. Refused: nobody has asked it, it was answered, or waits elsewhere."""
    mark = _locked(mark_id)
    access.check(actor, Actor.CLERK, mark)
    row = _open(mark)
    application = locked(mark.licences.order_by("-granted_on").values_list("application", flat=True)[0])
    sitting = open_sitting(sitting_id)
    if row.opinion_asked_at is None:
        raise Refused("Dyrektor nie prosił o opinię w sprawie tego znaku.")
    if opinion_of(row):
        raise Refused("Kapituła wydała już opinię w sprawie tego znaku.")
    if there := sitting.items.filter(mark=mark).first():
        return there
    if listed_elsewhere(application):
        raise Refused("Ta sprawa jest już w porządku innego posiedzenia.")
    item = sitting.items.create(application=application, mark=mark, position=last_position(sitting) + 1)
    keep_recusals(item)
    return item


def _locked(mark_id):
    rows = Mark.objects.select_for_update(of=("self",)).select_related(
        "offer__organisation__institution", "offer__organisation__unit"
    )
    return rows.get(pk=mark_id)


def _open(mark):
    row = Suspension.objects.select_for_update(of=("self",)).filter(mark=mark, ended_at=None).first()
    if row is None or mark.state != MarkState.SUSPENDED:
        raise Refused("Ten znak nie jest zawieszony.")
    return row
