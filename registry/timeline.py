"""What happened to a card and what is to come, on one axis: decisions, losses, terms, reports, marks, its end.

Other modules add rows by `contribute` in `AppConfig.ready()`.
"""

from dataclasses import dataclass
from datetime import date

from core.templatetags.portal import date_words
from registry.choices import MarkState
from registry.models import Confirmation, FormerSlug, StatusReport
from registry.terms import Terms


@dataclass(frozen=True, slots=True)
class Moment:
    """One row. `is_public`: whoever reads the card may see it, not only its people and coordinators."""

    on: date
    title: str
    text: str = ""
    is_public: bool = True
    is_ahead: bool = False


_sources = []


def contribute(function, *, is_public=True):
    """Adds `function(organisation, today)` → Moments. `organisation` is as registry.cards.reading gives it.

    One that is not public is asked only for people of the card and coordinators; give its Moments `is_public=False`.
    """
    if (function, is_public) not in _sources:
        _sources.append((function, is_public))
    return function


def moments(organisation, *, today, full=False):
    """Moments, the newest first; `full` with those that are not public."""
    found = [
        one
        for function, is_public in [*OWN, *_sources]
        if full or is_public
        for one in function(organisation, today)
        if full or one.is_public
    ]
    return sorted(found, key=lambda one: (one.on, one.title), reverse=True)


def _statuses(organisation, today):
    for status in _held_by(organisation):
        decision = [f"decyzja {status.decision_number}" if status.decision_number else "", status.authority]
        goal = f"cel: {status.get_goal_display()}" if status.goal else ""
        yield Moment(
            status.granted_on,
            "Nadano status przedsiębiorstwa społecznego",
            ", ".join(part for part in (*decision, goal) if part),
            is_ahead=status.granted_on > today,
        )
        if status.lost_on:
            title = "Utracono status przedsiębiorstwa społecznego"
            yield Moment(status.lost_on, title, is_ahead=status.lost_on > today)


def _losses(organisation, today):
    """Why, and until when no new one: for those whom it concerns."""
    lost = [status for status in _held_by(organisation) if status.lost_on]
    terms = Terms() if lost else None
    for status in lost:
        final = f"decyzja ostateczna {date_words(status.loss_final_on)}" if status.loss_final_on else ""
        words = "; ".join(part for part in (status.loss_reason, final) if part)
        yield Moment(status.lost_on, "Przyczyna utraty statusu PS", words, is_public=False)
        if until := terms.barred_until(status):
            title = "Od tego dnia można znów ubiegać się o status PS"
            yield Moment(until, title, "termin liczy program, do sprawdzenia", False, is_ahead=until > today)


def _reports(organisation, today):
    if organisation.unit_id:
        return
    for report in StatusReport.objects.of_institution(organisation.institution_id):
        yield Moment(
            report.due_on,
            f"Termin sprawozdania PS za rok {report.year}",
            f"wysłano {date_words(report.sent_on)}" if report.sent_on else "nie zapisano, że wysłano",
            is_public=False,
            is_ahead=report.due_on > today,
        )


def _unit(organisation, today):
    unit = organisation.unit
    if unit is None:
        return
    if unit.started_on:
        yield Moment(unit.started_on, "Początek działalności jednostki", is_ahead=unit.started_on > today)
    if unit.expires_on:
        yield Moment(unit.expires_on, "Koniec ważności statusu jednostki", is_ahead=unit.expires_on > today)
    if unit.ended_on and not hasattr(organisation, "closing"):
        yield Moment(unit.ended_on, "Koniec działalności jednostki", is_ahead=unit.ended_on > today)


def _marks(organisation, today):
    for offer in organisation.offers.all():
        for mark in offer.marks.all():
            until = f"do {date_words(mark.valid_until)}"
            state = "" if mark.state == MarkState.VALID else f", {mark.get_state_display()}"
            # One that has not begun is no mark yet: buyers read this.
            is_ahead = mark.granted_on > today
            title = f"Znak {mark.number}: {offer.name}"
            yield Moment(mark.granted_on, title, until + state, is_public=not is_ahead, is_ahead=is_ahead)


def _end(organisation, today):
    closing = getattr(organisation, "closing", None)
    if closing:
        yield Moment(closing.ended_on, "Zakończenie działalności", closing.reason)


def _addresses(organisation, today):
    for old in FormerSlug.objects.filter(organisation=organisation.pk).order_by("replaced_at"):
        yield Moment(old.replaced_at.date(), "Zmiana adresu karty", f"dawny adres: /katalog/{old.slug}/", False)


def _confirmations(organisation, today):
    """The card itself says publicly who confirmed it last."""
    said = Confirmation.objects.filter(organisation=organisation.pk).order_by("day", "pk")
    for one in said:
        words = f"{one.get_by_display()}, {one.get_channel_display()}"
        yield Moment(one.day, "Potwierdzono dane karty", words, is_public=False)


def _held_by(organisation):
    """A unit has no status of its own."""
    return [] if organisation.unit_id else organisation.institution.ps_statuses.all()


OWN = [
    (_statuses, True),
    (_unit, True),
    (_marks, True),
    (_end, True),
    (_losses, False),
    (_reports, False),
    (_addresses, False),
    (_confirmations, False),
]
