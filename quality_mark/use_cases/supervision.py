"""A mark is suspended and its holder heard; then it is given back, or taken away."""

from django.db import transaction

from core.exceptions import Refused
from core.templatetags.portal import date_words
from quality_mark import access
from quality_mark.calendar import last_day
from quality_mark.choices import Actor, ApplicationState, DocumentKind, Ground, MarkState
from quality_mark.deadlines import in_days
from quality_mark.decisions.opinions import opinion_of
from quality_mark.letters import RESUMED, REVOKED, SUSPENDED, mark_context
from quality_mark.models import Mark, Suspension
from quality_mark.use_cases.mark_papers import keep_letter
from quality_mark.use_cases.moving import advance_mark, locked_mark
from quality_mark.use_cases.nightly import tell_holder
from quality_mark.use_cases.recording import record
from quality_mark.use_cases.renewing import rules_of
from quality_mark.use_cases.telling_office import tell_of_explanation


@transaction.atomic
def suspend(*, mark_id, reason, actor, now):
    """The director stops a mark for a time; the holder is told until when they may explain. A second press is none."""
    mark = locked_mark(mark_id)
    access.check(actor, Actor.DIRECTOR, mark)
    if mark.state == MarkState.SUSPENDED:
        return mark
    rules = rules_of(mark)
    hearing, ends_by = in_days(rules, now, rules.hearing_days), in_days(rules, now, rules.suspension_days)
    paper = keep_letter(
        mark=mark, kind=DocumentKind.SUSPENSION, reason=reason, due_at=ends_by, hearing_until=hearing, actor=actor,
        now=now,
    )  # fmt: skip
    _step(mark_id, "suspend", actor, reason, paper, now)
    row = Suspension.objects.create(mark=mark, reason=reason, since=now, hearing_until=hearing, ends_by=ends_by)
    record(mark_id, now=now)
    tell_holder(mark, SUSPENDED, f"suspended:{row.pk}", mark_context(mark, reason=reason, until=hearing), now)
    return mark


@transaction.atomic
def explain(*, mark_id, text, actor, now):
    """The holder's word in a hearing, until its last moment."""
    mark = locked_mark(mark_id)
    access.check(actor, Actor.APPLICANT, mark)
    row = mark.suspensions.select_for_update().filter(ended_at=None).first()
    if row is None:
        raise Refused("Ten znak nie jest zawieszony.")
    if row.hearing_until <= now:
        raise Refused("Termin na wyjaśnienia minął.")
    row.explanation, row.explained_at, row.explained_by = text, now, actor
    row.save(update_fields=["explanation", "explained_at", "explained_by"])
    tell_of_explanation(mark, row, now=now)
    return row


@transaction.atomic
def resume(*, mark_id, note="", actor, now):
    """The director gives a suspended mark back; a renewal that waited goes on."""
    mark = locked_mark(mark_id)
    access.check(actor, Actor.DIRECTOR, mark)
    words = f"Znak {mark.number} jest znowu ważny.\n\n{note}"
    paper = keep_letter(mark=mark, kind=DocumentKind.CORRECTED, reason=words, actor=actor, now=now)
    _step(mark_id, "resume", actor, note, paper, now)
    mark.suspensions.filter(ended_at=None).update(ended_at=now)
    waiting = mark.renewals.filter(state__in=ApplicationState.running()).exclude(number="").first()
    if waiting:
        advance_mark(mark_id=mark_id, step="file_renewal", role=Actor.APPLICANT, note=waiting.number, now=now)
    record(mark_id, now=now)
    tell_holder(mark, RESUMED, f"resumed:{now.isoformat()}", mark_context(mark, reason=note), now)
    return mark


@transaction.atomic
def revoke(*, mark_id, reason, public_note, ground=Ground.CRITERIA, actor, now):
    """The director takes a mark away: `reason` is for the holder, `public_note` stands in the register.

    Only of a suspended mark: when the holder has explained or their time to do so is over, and when the commission
    has said what it thinks, where the rules ask for that. By the holder's own wish, or when the holder is no more, at
    once.
    """
    mark = locked_mark(mark_id)
    access.check(actor, Actor.DIRECTOR, mark)
    if mark.state == MarkState.REVOKED:
        return mark
    if ground not in Ground.values:
        raise Refused("Wybierz podstawę odebrania.", field="ground")
    if ground not in Ground.unheard() and (why := not_yet(mark, now)):
        raise Refused(why)
    words = f"{reason}\n\nPodstawa: {Ground(ground).label}."
    paper = keep_letter(mark=mark, kind=DocumentKind.REVOCATION, reason=words, actor=actor, now=now)
    _step(mark_id, "revoke", actor, reason, paper, now)
    Mark.objects.filter(pk=mark_id).update(public_note=public_note, revoked_for=ground)
    mark.suspensions.filter(ended_at=None).update(ended_at=now)
    record(mark_id, now=now)
    tell_holder(mark, REVOKED, f"revoked:{now.isoformat()}", mark_context(mark, reason=reason), now)
    return mark


def not_yet(mark, now):
    """Why the mark cannot be taken away yet, in words; empty when it can. Reads its licences' rules."""
    row = mark.suspensions.filter(ended_at=None).first()
    if row is None:
        return "Najpierw zawieś znak: podmiot musi mieć czas na wyjaśnienia."
    if not row.explained_at and row.hearing_until > now:
        return f"Podmiot ma czas na wyjaśnienia do {date_words(last_day(row.hearing_until))}."
    rules = rules_of(mark)
    if rules and rules.asks_opinion and opinion_of(row) is None:
        asked = "Poproszono ją o nią." if row.opinion_asked_at else "Poproś ją o nią na stronie znaku."
        return f"Kapituła nie wydała jeszcze opinii o odebraniu tego znaku. {asked}"
    return ""


@transaction.atomic
def unrevoke(*, mark_id, note, actor, now):
    """A corrected decision: the mark is suspended again, and from there it is given back or not."""
    mark = locked_mark(mark_id)
    access.check(actor, Actor.DIRECTOR, mark)
    rules = rules_of(mark)
    words = f"Odebranie znaku {mark.number} zostaje cofnięte. Znak jest zawieszony do czasu rozstrzygnięcia.\n\n{note}"
    paper = keep_letter(mark=mark, kind=DocumentKind.CORRECTED, reason=words, actor=actor, now=now)
    _step(mark_id, "unrevoke", actor, note, paper, now)
    Mark.objects.filter(pk=mark_id).update(public_note="", revoked_for="")
    Suspension.objects.create(
        mark=mark,
        reason=note,
        since=now,
        hearing_until=in_days(rules, now, rules.hearing_days),
        ends_by=in_days(rules, now, rules.suspension_days),
    )
    record(mark_id, now=now)
    return mark


def _step(mark_id, step, actor, note, paper, now):
    advance_mark(mark_id=mark_id, step=step, role=Actor.DIRECTOR, actor=actor, note=note, paper=paper, now=now)
