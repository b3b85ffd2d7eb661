"""All lists of the API by their names in the address; what goes along with a row is tied together here."""

from open_data.api.collections.base import Include
from open_data.api.collections.events import Events
from open_data.api.collections.marks import MarkHolders
from open_data.api.collections.offers import Offers
from open_data.api.collections.organisations import Organisations
from open_data.api.collections.procurement import Procurement
from open_data.api.collections.statuses import Statuses
from open_data.api.collections.territory import Territory
from open_data.api.collections.units import Units
from quality_mark.models import Mark
from registry.models import OfferEntry, Organisation, SocialEnterpriseStatus

_plain = {name: one() for name, one in {"cards": Organisations, "offers": Offers}.items()}


def _grouped(collection, pairs, site):
    """{owner: [rows]} of (owner, key) pairs, in their order."""
    pairs = list(pairs)
    shown = collection.read_by_key(list(dict.fromkeys(key for _, key in pairs)), site)
    found = {}
    for owner, key in pairs:
        if key in shown:
            found.setdefault(owner, []).append(shown[key])
    return found


def _offers(keys, site):
    entries = OfferEntry.objects.filter(organisation__in=keys).order_by("sort_key", "pk")
    return _grouped(_plain["offers"], entries.values_list("organisation_id", "pk"), site)


def _statuses(keys, site):
    cards = Organisation.objects.filter(pk__in=keys, unit=None)
    of = dict(cards.values_list("institution_id", "pk"))
    rows = SocialEnterpriseStatus.objects.filter(institution__in=of).order_by("-granted_on", "pk")
    pairs = [(of[institution], pk) for institution, pk in rows.values_list("institution_id", "pk")]
    return _grouped(Statuses(), pairs, site)


def _marks(keys, site):
    rows = Mark.objects.filter(offer__organisation__in=keys).order_by("-valid_until", "-pk")
    return _grouped(MarkHolders(), rows.values_list("offer__organisation_id", "pk"), site)


def _cards_of_offers(keys, site):
    entries = OfferEntry.objects.filter(pk__in=keys)
    return _grouped(_plain["cards"], entries.values_list("pk", "organisation_id"), site)


def _cards_of_units(keys, site):
    return _grouped(_plain["cards"], [(key, key) for key in keys], site)


def _cards_of_statuses(keys, site):
    rows = SocialEnterpriseStatus.objects.filter(pk__in=keys)
    own = rows.filter(institution__organisations__unit=None, institution__organisations__entry__isnull=False)
    return _grouped(_plain["cards"], own.values_list("pk", "institution__organisations"), site)


_CARD = "karta podmiotu jak w `organisations`"
LISTS = {
    one.name: one
    for one in (
        Organisations(
            {
                "offers": Include("oferty jak w `offers`", "Offer", _offers),
                "statuses": Include("statusy PS jak w `statuses`", "Status", _statuses),
                "marks": Include("znaki jak w `mark-holders`", "MarkHolder", _marks),
            }
        ),
        Offers({"organisation": Include(_CARD, "Organisation", _cards_of_offers)}),
        Units({"organisation": Include(_CARD, "Organisation", _cards_of_units)}),
        Statuses({"organisation": Include(_CARD, "Organisation", _cards_of_statuses)}),
        Territory(),
        Events(),
        Procurement(),
        MarkHolders(),
    )
}
