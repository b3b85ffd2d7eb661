"""Orders for the organisations that a person acts for: what fits, what was asked of them, what they said."""

from dataclasses import dataclass

from accounts.permissions import POWERS, Action, grants_of
from procurement.matching.postings import orders_of
from procurement.models import Addressee, Interest, SupplyFit
from registry.models import Organisation

PER_ORGANISATION = 200


@dataclass(frozen=True)
class Fit:
    order: object
    organisation: Organisation
    why: str
    score: int
    found_at: object
    interest: Interest | None = None


def own_organisations(user):
    """Organisations in whose name the person may supply. One query."""
    held = [
        grant.organisation_id
        for grant in grants_of(user)
        if grant.organisation_id and Action.SUPPLY in POWERS[grant.role].actions
    ]
    return list(Organisation.objects.living().filter(pk__in=held).with_party().order_by("pk")) if held else []


def fits_of(organisations, *, now, with_closed=False):
    """[Fit] of orders that are public, those still open unless asked otherwise, newest first."""
    by_id = {one.pk: one for one in organisations}
    fits = list(
        SupplyFit.objects.filter(organisation__in=by_id).order_by("-found_at", "-score", "-pk")[
            : PER_ORGANISATION * max(len(by_id), 1)
        ]
    )
    orders = orders_of({fit.posting_id for fit in fits})
    said = {
        (one.posting_id, one.organisation_id): one
        for one in Interest.objects.filter(organisation__in=by_id, posting__in=orders)
    }
    return [
        Fit(
            order=orders[fit.posting_id],
            organisation=by_id[fit.organisation_id],
            why=fit.why,
            score=fit.score,
            found_at=fit.found_at,
            interest=said.get((fit.posting_id, fit.organisation_id)),
        )
        for fit in fits
        if fit.posting_id in orders and (with_closed or orders[fit.posting_id].is_open(now))
    ]


def asked_of(organisations):
    """[Addressee] of inquiries to these organisations, newest first."""
    rows = Addressee.objects.filter(organisation__in=organisations).select_related(
        "inquiry__authority__institution", "inquiry__unit", "organisation__institution", "organisation__unit"
    )
    return rows.order_by("-inquiry__sent_at", "pk")[:PER_ORGANISATION]
