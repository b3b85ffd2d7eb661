"""Badges of the catalogue behind which stands no mark of this portal: granted before it, or elsewhere.

Nothing is known of them but a number, an offer and a period, and a badge must not lead nowhere.
"""

from dataclasses import dataclass
from datetime import date

from quality_mark.choices import Standing
from quality_mark.models import Mark
from quality_mark.register.numbers import number_of, page_of
from registry.choices import MarkState as Badge
from registry.models import OfferMark

_STOPPED = {Badge.SUSPENDED: Standing.SUSPENDED, Badge.REVOKED: Standing.REVOKED}
MOST = 30
NOTE = "Znaku nie przyznano w tym portalu: nie ma tu jego historii ani certyfikatu."


@dataclass(frozen=True, slots=True)
class Noted:
    number: str
    organisation: object
    offer: object
    granted_on: date
    valid_until: date
    status: Standing | None

    def row(self, site=""):
        """The columns that are promised of every mark."""
        party = self.organisation.party
        return {
            "number": self.number,
            "organisation": party.name,
            "offer": self.offer.name,
            "category": str(self.offer.category or ""),
            "powiat": str(party.county or ""),
            "granted_on": self.granted_on.isoformat(),
            "valid_until": self.valid_until.isoformat(),
            "status": self.status.value if self.status else "",
            "url": page_of(self.number, site),
        }


def by_number(typed, today):
    """[Noted] of the number as it stands in an address or was typed."""
    return _noted({"number__in": {typed, typed.replace("-", "/"), number_of(typed)} - {""}}, today)


def of_offer(pk, today):
    return _noted({"offer": pk}, today)


def of_organisation(pk, today):
    return _noted({"offer__organisation": pk}, today)


def _noted(which, today):
    """Of what stands in the catalogue, the last period first; of numbers that are no mark's."""
    of = "offer__organisation"
    # Nearly always there is none, and to plan the question below takes longer than to answer this one.
    if not OfferMark.objects.filter(**which).exists():
        return []
    rows = OfferMark.objects.filter(
        **which, offer__removed_at=None, offer__organisation__removed_at=None,
        offer__organisation__published_at__isnull=False,
    ).exclude(number__in=Mark.objects.values("number"))  # fmt: skip
    rows = rows.select_related("offer__category", f"{of}__institution__county", f"{of}__unit__county")
    rows = rows.defer(f"{of}__institution__county__boundary", f"{of}__unit__county__boundary")
    return [
        Noted(one.number, one.offer.organisation, one.offer, one.granted_on, one.valid_until, _standing(one, today))
        for one in rows.order_by("-valid_until", "-pk")[:MOST]
    ]


def _standing(one, today):
    if one.granted_on > today:
        return None
    ended = Standing.EXPIRED if one.valid_until < today else Standing.VALID
    return _STOPPED.get(one.state, ended)
