"""One mark as the public reads it: in the register, in its files, on the verification page."""

from django.utils import timezone

from quality_mark.choices import MarkState, Standing
from quality_mark.register.numbers import page_of
from quality_mark.register.standing import DAY, on_day, periods_of

# In the order that is promised; more may follow.
COLUMNS = ("number", "organisation", "offer", "category", "powiat", "granted_on", "valid_until", "status")
MORE = ("status_since", "renewals", "nip", "kind", "url")
# What was done to a mark, for everybody; steps of a renewal in course are nobody's business.
_WORDS = {
    "expire": "znak wygasł",
    "file_renewal": "znak znowu ważny, bo trwa jego przedłużenie",
    "suspend": "znak zawieszony",
    "resume": "znak przywrócony",
    "revoke": "znak odebrany",
    "unrevoke": "cofnięto odebranie, znak zawieszony",
}


def row(mark, today, *, site=""):
    """{column: value} of COLUMNS and MORE; dates as in ISO 8601. Of rows read by MarkQuerySet.told()."""
    stand = on_day(mark, today)
    organisation = mark.offer.organisation
    party = organisation.party
    periods = periods_of(mark)
    return {
        "number": mark.number,
        "organisation": party.name,
        "offer": mark.offer.name,
        "category": str(mark.offer.category or ""),
        "powiat": str(party.county or ""),
        "granted_on": periods[0][0].isoformat(),
        "valid_until": mark.valid_until.isoformat(),
        "status": stand.status.value if stand else "",
        "status_since": stand.since.isoformat() if stand else "",
        "renewals": len(periods) - 1,
        "nip": organisation.institution.nip if organisation.institution else "",
        "kind": organisation.kind.code,
        "url": page_of(mark.number, site),
    }


def history(mark):
    """[{"on", "what"}] in order: every licence and what was done to the mark. Dates as in ISO 8601."""
    told = []
    for number, (start, until) in enumerate(periods_of(mark)):
        words = "znak przyznany" if number == 0 else "znak przedłużony"
        told.append({"on": start.isoformat(), "what": words, "until": until.isoformat()})
    told += [{"on": one.day.isoformat(), "what": _WORDS[one.name]} for one in _steps(mark)]
    return sorted(told, key=lambda one: one["on"])


def _steps(mark):
    for one in mark.steps.all():
        one.day = timezone.localdate(one.at)
        if one.name == "expire":
            stand = on_day(mark, one.day)
            # By the end of that day it was valid again: a renewal of the last second, and the night job before it.
            if stand and stand.status != Standing.EXPIRED:
                continue
            one.day = stand.since if stand else one.day
        if one.name in _WORDS and (one.name != "file_renewal" or _was_over(mark, one)):
            yield one


def _was_over(mark, step):
    """Whether this renewal brought a mark back that had been over for a day at least."""
    stand = on_day(mark, step.day - DAY) if step.source == MarkState.EXPIRED else None
    return stand is not None and stand.status == Standing.EXPIRED
