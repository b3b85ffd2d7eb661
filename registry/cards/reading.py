"""Everything that the page of an organisation or of an offer shows, in a number of queries that never grows."""

from django.db.models import Prefetch

from registry.models import (
    Confirmation,
    Offer,
    OfferCpv,
    OfferPicture,
    Organisation,
    OrganisationPkd,
    Reference,
    Workplace,
)

BOUNDARIES = [
    f"{party}__{place}__boundary" for party in ("institution", "unit") for place in ("county", "municipality")
]


def organisation_by_slug(slug):
    """The organisation in whatever state it is, ready for `Card`, or None."""
    return _organisations().filter(slug=slug).first()


def organisation_of_offer(offer_id):
    """The published organisation that makes this offer, ready for `Card`, or None."""
    return _organisations().filter(published_at__isnull=False, removed_at=None, offers=offer_id).first()


def operator_card(organisation):
    """The published card of whoever runs this unit, or None."""
    if not organisation.unit or not organisation.unit.operator_id:
        return None
    return Organisation.objects.published().filter(institution=organisation.unit.operator_id, unit=None).first()


def unit_cards(organisation):
    """Published cards of the units that this legal person runs, by name."""
    if organisation.unit:
        return []
    units = Organisation.objects.working().with_party().filter(unit__operator=organisation.institution_id)
    return list(units.order_by("unit__sort_key", "pk"))


def _organisations():
    return (
        Organisation.objects.select_related(
            "kind",
            "source",
            "closing",
            "institution__legal_form",
            "institution__county",
            "institution__municipality",
            "unit__operator",
            "unit__county",
            "unit__municipality",
        )
        .defer(*BOUNDARIES)
        .prefetch_related(
            "institution__ps_statuses",
            Prefetch("offers", _offers()),
            Prefetch("references", Reference.objects.order_by("-year", "client", "pk")),
            Prefetch("workplaces", _workplaces()),
            Prefetch("confirmations", _last_confirmation(), to_attr="last_confirmations"),
            Prefetch("pkd_links", OrganisationPkd.objects.select_related("code").order_by("-is_main", "code__symbol")),
        )
    )


def _offers():
    offers = Offer.objects.living().select_related("category").order_by("position", "name", "pk")
    return offers.prefetch_related(
        Prefetch("cpv_links", OfferCpv.objects.select_related("code").order_by("code_id")),
        Prefetch("pictures", OfferPicture.objects.order_by("position", "pk")),
        "marks",
    )


def _last_confirmation():
    return Confirmation.objects.select_related("source").order_by("-day", "-pk")[:1]


def _workplaces():
    return Workplace.objects.order_by("name", "town", "pk")
