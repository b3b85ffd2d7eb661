"""Making one card of two that turned out to be the same organisation."""

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from accounts.models import RoleGrant
from core.exceptions import Refused
from registry.models import Closing, Institution, Organisation, RepresentationRequest, SocialEnterpriseStatus, Unit
from registry.use_cases import catalogue
from registry.use_cases.organisations import locked, retire


@transaction.atomic
def merge(*, keep_id, drop_id, now):
    """Make one card of two. What `keep` lacks it takes from `drop`; where both speak, `keep` is believed.

    Offers, references, places of work, error reports, statuses and units move. The dropped card's address
    redirects. Refused for cards of different kinds of party, and when their statuses of PS overlap in time.
    """
    if keep_id == drop_id:
        raise Refused("Nie można połączyć podmiotu z nim samym.")
    cards = {pk: locked(pk) for pk in sorted((keep_id, drop_id))}
    keep, drop = cards[keep_id], cards[drop_id]
    if bool(keep.unit_id) != bool(drop.unit_id):
        raise Refused("Jednostki (WTZ, ZAZ, CIS, KIS) nie można połączyć z osobą prawną.")
    _fill_blanks(keep, drop, CARD_FIELDS)
    kept_party, dropped_party = keep.party, drop.party
    _move_hangers_on(keep, drop)
    # One that works is not closed because the same organisation, written down twice, was.
    Closing.objects.filter(organisation=drop).delete()
    _move_people(keep, drop, timezone.localdate(now))
    _move_followers(keep, drop)
    retire(drop, now=now, merged_into=keep)
    if keep.unit_id:
        Unit.objects.filter(pk=dropped_party.pk).update(removed_at=now)
        _fill_blanks(kept_party, dropped_party, UNIT_FIELDS)
    elif kept_party.pk != dropped_party.pk:
        _merge_institutions(kept_party, dropped_party, now=now)
    catalogue.refresh([keep.pk, drop.pk, *_other_cards(kept_party, keep)], now=now)
    return keep


PARTY_FIELDS = (
    "short_name street house_number flat_number postal_code post_office town municipality_id county_id "
    "phone phone_other email www"
).split()
INSTITUTION_FIELDS = (
    PARTY_FIELDS
    + (
        "nip regon krs other_register other_register_number legal_form_id ade founded_year is_opp is_zpch "
        "has_ct9_status ct9_granted_on"
    ).split()
)
UNIT_FIELDS = PARTY_FIELDS + "operator_id regon register_number started_on expires_on ended_on".split()
CARD_FIELDS = (
    "description mission contact_person contact_consent_on opening_hours social_media serves target_groups employees "
    "art94_declared accessibility other_marks support_centre latitude longitude source_id source_as_of published_at"
).split()
# Taken together or not at all: a street of one and a postal code of the other is an address of nobody.
TOGETHER = (
    ("street", "house_number", "flat_number", "postal_code", "post_office", "town", "municipality_id", "county_id"),
    ("contact_person", "contact_consent_on"),
    ("other_register", "other_register_number"),
    ("has_ct9_status", "ct9_granted_on"),
    ("latitude", "longitude"),
    ("source_id", "source_as_of"),
)


def _fill_blanks(keep, drop, fields):
    """Copy to `keep` what it lacks. Groups of TOGETHER move only when `keep` has nothing of the group."""
    taken = []
    for field in fields:
        group = next((group for group in TOGETHER if field in group), (field,))
        if not any(getattr(keep, name) for name in group if name not in taken) and getattr(drop, field):
            taken.append(field)
    for field in taken:
        setattr(keep, field, getattr(drop, field))
    if taken:
        keep.save(update_fields=[*(field.removesuffix("_id") for field in taken), "updated_at"])


# Rows of other apps that point to a card or a legal person: (model, name of the foreign key).
_followers = []


def follow(model, field):
    """Rows of `model` follow what their `field` points to when it becomes one with another."""
    if (model, field) not in _followers:
        _followers.append((model, field))


def _move_followers(keep, drop):
    for model, field in _followers:
        if model._meta.get_field(field).related_model is not type(keep):
            continue
        for pk in list(model.objects.filter(**{field: drop}).values_list("pk", flat=True)):
            try:
                with transaction.atomic():
                    model.objects.filter(pk=pk).update(**{field: keep})
            except IntegrityError:
                # The kept one has such a row already: both stay, and that one counts.
                continue


def _move_hangers_on(keep, drop):
    for manager in (drop.offers, drop.workplaces, drop.references, drop.error_reports):
        manager.update(organisation=keep)
    known = keep.pkd_links.values("code")
    drop.pkd_links.exclude(code__in=known).update(organisation=keep, is_main=False)


def _move_people(keep, drop, today):
    """Who acts for the dropped card acts for the kept one; who does for both has the longer of the two roles."""
    at_keep = {grant.user_id: grant for grant in RoleGrant.objects.valid_on(today).filter(organisation=keep)}
    for grant in RoleGrant.objects.select_for_update(of=("self",)).valid_on(today).filter(organisation=drop):
        other = at_keep.get(grant.user_id)
        if other is None:
            RoleGrant.objects.filter(pk=grant.pk).update(organisation=keep)
            continue
        RoleGrant.objects.filter(pk=grant.pk).update(ends_on=max(today, grant.starts_on))
        if other.ends_on and (grant.ends_on is None or grant.ends_on > other.ends_on):
            RoleGrant.objects.filter(pk=other.pk).update(ends_on=grant.ends_on)
    waiting = RepresentationRequest.objects.filter(decided_at=None)
    asked = waiting.filter(organisation=keep).values("user")
    waiting.filter(organisation=drop).exclude(user__in=asked).update(organisation=keep)


def _merge_institutions(keep, drop, *, now):
    """Move what hangs on the dropped legal person; free its identifiers first, so that `keep` may take them."""
    if _overlapping_statuses(keep, drop):
        raise Refused("Oba podmioty mają status PS w tym samym czasie; popraw daty, zanim je połączysz.")
    SocialEnterpriseStatus.objects.filter(institution=drop).update(institution=keep)
    Unit.objects.filter(operator=drop).update(operator=keep)
    _move_followers(keep, drop)
    Organisation.objects.living().filter(institution=drop).update(institution=keep)
    Institution.objects.filter(pk=drop.pk).update(removed_at=now, merged_into=keep)
    _fill_blanks(keep, drop, INSTITUTION_FIELDS)


def _overlapping_statuses(keep, drop):
    for status in drop.ps_statuses.all():
        later = Q(lost_on__isnull=True) | Q(lost_on__gt=status.granted_on)
        earlier = Q(granted_on__lt=status.lost_on) if status.lost_on else Q()
        if keep.ps_statuses.filter(later & earlier).exists():
            return True
    return False


def _other_cards(party, card):
    """Cards that show facts of the same legal person and must be rewritten with it."""
    if not isinstance(party, Institution):
        return []
    return Organisation.objects.living().filter(institution=party).exclude(pk=card.pk).values_list("pk", flat=True)
