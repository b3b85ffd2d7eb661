"""What the database triggers wrote down about one card and everything that hangs on it."""

from dataclasses import dataclass
from datetime import datetime

from pghistory.models import Context

from registry.models import (
    Closing,
    Institution,
    Offer,
    OfferCpv,
    OfferMark,
    OfferPicture,
    Organisation,
    OrganisationPkd,
    Reference,
    SocialEnterpriseStatus,
    StatusReport,
    Unit,
    Workplace,
)

# Tables that belong to a card, in the order in which they are read, with the column that ties them to their owner.
OF_ORGANISATION = {Offer: "organisation_id", Workplace: "organisation_id", Reference: "organisation_id"}
OF_ORGANISATION |= {OrganisationPkd: "organisation_id", Closing: "organisation_id"}
OF_OFFER = {OfferCpv: "offer_id", OfferMark: "offer_id", OfferPicture: "offer_id"}


@dataclass(frozen=True)
class Event:
    """One row as it stood after an insert or update, or before a delete. `values` are raw columns by name."""

    order: int
    model: type
    object_id: int
    label: str
    at: datetime
    context_id: object
    context: dict
    values: dict


def events_of(organisation):
    """Every Event of the card, its party, offers, statuses, marks and places; the oldest first."""
    rows = _of(Organisation, pgh_obj_id=organisation.pk)
    if organisation.unit_id:
        rows += _of(Unit, pgh_obj_id=organisation.unit_id)
    else:
        rows += _of(Institution, pgh_obj_id=organisation.institution_id)
        rows += _ever_of(SocialEnterpriseStatus, "institution_id", [organisation.institution_id])
        statuses = {row["pgh_obj_id"] for model, row in rows if model is SocialEnterpriseStatus}
        rows += _ever_of(StatusReport, "status_id", statuses)
    for model, column in OF_ORGANISATION.items():
        rows += _ever_of(model, column, [organisation.pk])
    offers = {row["pgh_obj_id"] for model, row in rows if model is Offer}
    for model, column in OF_OFFER.items():
        rows += _ever_of(model, column, offers)
    contexts = Context.objects.in_bulk({row["pgh_context_id"] for _, row in rows} - {None})
    events = [_event(model, row, contexts) for model, row in rows]
    return sorted(events, key=lambda event: (event.at, event.order))


def _of(model, **conditions):
    return [(model, row) for row in model.pgh_event_model.objects.filter(**conditions).values()]


def _ever_of(model, column, owners):
    """Events of every row that belonged to one of the owners at any time, also from before and after."""
    events = model.pgh_event_model.objects
    return _of(model, pgh_obj_id__in=events.filter(**{f"{column}__in": owners}).values("pgh_obj_id"))


def _event(model, row, contexts):
    context = contexts.get(row["pgh_context_id"])
    return Event(
        order=row["pgh_id"],
        model=model,
        object_id=row["pgh_obj_id"],
        label=row["pgh_label"],
        at=row["pgh_created_at"],
        context_id=row["pgh_context_id"],
        context=context.metadata if context else {},
        values={name: value for name, value in row.items() if not name.startswith("pgh_")},
    )
