"""Shortlists of officers: kept for the authority or the unit, with what was searched for and who was found."""

from django.db import transaction

from accounts.permissions import Action, may
from core.exceptions import Refused
from core.links import new_key
from procurement.models import Shortlist, ShortlistEntry, ShortlistSearch
from registry.models import Organisation

MOST = 100


@transaction.atomic
def make_shortlist(*, authority, unit=None, name, posting_id=None, actor, now):
    """Refused: a name that is empty, somebody who does not buy for this authority or unit."""
    _may_buy(actor, unit or authority)
    if not name.strip():
        raise Refused("Podaj nazwę listy.", field="name")
    return Shortlist.objects.create(
        authority=authority, unit=unit, name=name.strip()[:200], posting_id=posting_id, created_by=actor,
        created_at=now, changed_at=now,
    )  # fmt: skip


@transaction.atomic
def put_on(*, shortlist, found, search=None, actor, now):
    """Put organisations on a list: `found` is [{organisation, offer, why, score}], `search` {words, found, total}.

    Who stands there already stays as it was. The search is kept with its time. Refused: too many, not public.
    """
    _may_buy(actor, shortlist.owner)
    Shortlist.objects.select_for_update().get(pk=shortlist.pk)
    known = set(shortlist.entries.values_list("organisation", flat=True))
    public = set(
        Organisation.objects.working()
        .filter(pk__in=[one["organisation"] for one in found])
        .values_list("pk", flat=True)
    )
    fresh = [one for one in found if one["organisation"] in public - known]
    if len(known) + len(fresh) > MOST:
        raise Refused(f"Na liście może być najwyżej {MOST} podmiotów.")
    ShortlistEntry.objects.bulk_create(
        ShortlistEntry(
            shortlist=shortlist,
            organisation_id=one["organisation"],
            offer_id=one.get("offer"),
            why=(one.get("why") or "")[:2000],
            score=one.get("score"),
            added_at=now,
        )
        for one in fresh
    )
    if search:
        ShortlistSearch.objects.create(
            shortlist=shortlist,
            searched_at=search.get("at") or now,
            words=search["words"][:1000],
            found=search["found"],
            total=search["total"],
        )
    Shortlist.objects.filter(pk=shortlist.pk).update(changed_at=now)
    return len(fresh)


@transaction.atomic
def take_off(*, shortlist, organisation_id, actor, now):
    _may_buy(actor, shortlist.owner)
    shortlist.entries.filter(organisation=organisation_id).delete()
    Shortlist.objects.filter(pk=shortlist.pk).update(changed_at=now)


@transaction.atomic
def rename(*, shortlist, name, actor, now):
    _may_buy(actor, shortlist.owner)
    if not name.strip():
        raise Refused("Podaj nazwę listy.", field="name")
    Shortlist.objects.filter(pk=shortlist.pk).update(name=name.strip()[:200], changed_at=now)


@transaction.atomic
def renew_link(*, shortlist, actor, now):
    """Every link given out before stops working."""
    _may_buy(actor, shortlist.owner)
    Shortlist.objects.filter(pk=shortlist.pk).update(link_key=new_key(), changed_at=now)


@transaction.atomic
def delete_shortlist(*, shortlist, actor):
    """Refused once something was sent to those on it: it belongs to the file of that case."""
    _may_buy(actor, shortlist.owner)
    if shortlist.inquiries.exists():
        raise Refused("Do podmiotów z tej listy wysłano zapytanie, więc lista należy do akt sprawy.")
    shortlist.delete()


def _may_buy(actor, owner):
    if not may(actor, Action.BUY, owner):
        raise Refused("Nie działasz w imieniu tego zamawiającego.")
