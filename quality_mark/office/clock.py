"""The clock of the procedure: months from completeness, standing while the applicant is waited for."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from core.templatetags.portal import plural
from quality_mark import deadlines
from quality_mark.calendar import last_day
from quality_mark.choices import ApplicationState, Silence
from quality_mark.workflow import JUDGED


@dataclass(frozen=True, slots=True)
class Clock:
    """`days` left, below zero when it is over; None while it has not begun. `stands` while the applicant is waited
    for, `is_over` when the case is decided."""

    days: int | None = None
    last: date | None = None
    stands: bool = False
    is_over: bool = False

    @property
    def is_late(self):
        return not self.is_over and self.days is not None and self.days < 0

    @property
    def words(self):
        if self.is_over:
            return "zamknięty"
        if self.days is None:
            return "stoi, bo czekamy na uzupełnienie" if self.stands else "ruszy, gdy wniosek będzie kompletny"
        if self.days < 0:
            return f"przekroczony o {_days(-self.days)}"
        left = (
            "mija dzisiaj" if self.days == 0 else f"{plural(self.days, 'został,zostały,zostało')} {_days(self.days)}"
        )
        return f"stoi, {left}" if self.stands else left


_MEANS = {
    Silence.GRANTS: "Według zasad uznaje się go wtedy za rozpatrzony po myśli wnioskodawcy",
    Silence.REFUSES: "Według zasad uznaje się to za odmowę",
}
_SILENCE = {silence: f"{words}; rozstrzyga dyrektor." for silence, words in _MEANS.items()} | {
    Silence.REMINDS: "Według zasad niczego to nie zmienia: sprawa czeka na rozpatrzenie.",
    "": "Zasady nie mówią, co to oznacza: sprawa czeka na rozpatrzenie.",
}


def meaning_of(rules):
    """The same where it is decided: only of rules by which silence is a decision."""
    return f"{_MEANS[rules.silence]}."


def silence_words(rules):
    """What it means by these rules that the time is over and nobody has decided."""
    return _SILENCE[rules.silence]


def is_waited_for(application):
    """Whether the applicant was asked something in the middle of judging and has not answered. Needs `pauses`."""
    return application.state in JUDGED and any(one.until is None for one in application.pauses.all())


def clock_of(application, *, now):
    """Needs `pauses` and `rulebook`: prefetch them for a list."""
    stands = application.state == ApplicationState.CORRECTION or is_waited_for(application)
    if application.state in (*ApplicationState.over(), ApplicationState.GRANTED):
        return Clock(is_over=True)
    ends = deadlines.procedure_ends(application, now=now)
    if ends is None:
        return Clock(stands=stands)
    last = last_day(ends)
    return Clock(days=(last - timezone.localdate(now)).days, last=last, stands=stands)


def _days(count):
    return f"{count} {plural(count, 'dzień,dni,dni')}"
