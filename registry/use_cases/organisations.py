"""What happens to a card and the legal person behind it: publish, withdraw, verify, remove, mark."""

from django.db import transaction
from django.utils import timezone

from core.exceptions import Refused
from registry.choices import Activity, Channel, MarkState
from registry.models import Institution, Offer, OfferMark, Organisation, Unit
from registry.use_cases import catalogue
from registry.use_cases.confirming.recording import end_open, record


def locked(organisation_id):
    """The living card, locked until the transaction ends."""
    organisation = (
        Organisation.objects.living()
        .select_for_update(of=("self",), no_key=True)
        .select_related("kind", "institution", "unit")
        .filter(pk=organisation_id)
        .first()
    )
    if organisation is None:
        raise Refused("Tego podmiotu nie ma już w rejestrze.")
    return organisation


@transaction.atomic
def publish(*, organisation_id, now):
    """Show the card to everybody. Publishing twice is not an error. Refused for a closed unit."""
    organisation = locked(organisation_id)
    if organisation.unit and organisation.unit.ended_on and organisation.unit.ended_on <= timezone.localdate(now):
        raise Refused("Jednostka zakończyła działalność; usuń datę zakończenia, zanim opublikujesz kartę.")
    if organisation.published_at is None:
        organisation.published_at = now
        organisation.save(update_fields=["published_at", "updated_at"])
        catalogue.refresh([organisation.pk], now=now)
    return organisation


@transaction.atomic
def withdraw(*, organisation_id, now):
    """Take the card out of the catalogue; nothing is lost and it can be published again."""
    organisation = locked(organisation_id)
    if organisation.published_at is not None:
        organisation.published_at = None
        organisation.save(update_fields=["published_at", "updated_at"])
        catalogue.refresh([organisation.pk], now=now)
    return organisation


@transaction.atomic
def verify(*, organisation_id, verifier, channel=Channel.OFFICE, by=None, fields=(), now):
    """Write down that a person (`registry.choices.Verifier`) has confirmed the card, in which way (`Channel`), from
    whose account if from one, and which fields of it. Only this leads back from "niepotwierdzony" and "nieaktywny"."""
    organisation = locked(organisation_id)
    record(organisation, by=verifier, channel=channel, user=by, now=now)
    today = timezone.localdate(now)
    organisation.verified_on, organisation.verified_by = today, verifier
    organisation.activity = Activity.ACTIVE
    organisation.verified_fields |= {field: today.isoformat() for field in fields}
    organisation.save(update_fields=["verified_on", "verified_by", "activity", "verified_fields", "updated_at"])
    catalogue.refresh([organisation.pk], now=now)
    return organisation


@transaction.atomic
def remove(*, organisation_id, now):
    """Take an organisation out of the register for good. Refused while one of its offers holds a valid mark.

    The legal person goes too when nothing else hangs on it, so that its NIP is free again.
    """
    organisation = locked(organisation_id)
    marks = OfferMark.objects.filter(offer__organisation=organisation, state=MarkState.VALID)
    if marks.filter(valid_until__gte=timezone.localdate(now)).exists():
        raise Refused("Oferta tego podmiotu ma ważny znak; najpierw trzeba go odebrać.")
    retire(organisation, now=now)
    if organisation.unit:
        Unit.objects.filter(pk=organisation.unit_id).update(removed_at=now)
    elif not still_needed(organisation.institution):
        Institution.objects.filter(pk=organisation.institution_id).update(removed_at=now)
    catalogue.refresh([organisation.pk], now=now)
    return organisation


def retire(organisation, *, now, merged_into=None):
    organisation.published_at, organisation.removed_at, organisation.merged_into = None, now, merged_into
    organisation.save(update_fields=["published_at", "removed_at", "merged_into", "updated_at"])
    end_open(organisation.pk, timezone.localdate(now))


def still_needed(institution):
    """Whether a living card or unit stands for this legal person."""
    return (
        Organisation.objects.living().filter(institution=institution).exists()
        or Unit.objects.filter(operator=institution, removed_at__isnull=True).exists()
    )


@transaction.atomic
def record_mark(*, offer_id, number, granted_on, valid_until, state=MarkState.VALID, now):
    """Write a licence period of the mark for an offer, or change the one of the same number and first day.

    A renewed mark keeps its number, so each period is told by the day on which it begins. A period that stands is
    changed whatever became of the offer: what was granted for an offer since removed can still be taken away.
    """
    offer = Offer.objects.select_related("organisation__kind").get(pk=offer_id)
    period = OfferMark.objects.filter(offer=offer, number=number, granted_on=granted_on).first()
    if period is None:
        if offer.removed_at:
            raise Refused("Tej oferty już nie ma.")
        if not offer.organisation.kind.may_hold_mark:
            raise Refused(f"Znaku nie może mieć {offer.organisation.kind.label}.")
        period = OfferMark(offer=offer, number=number, granted_on=granted_on)
    elif (period.valid_until, period.state) == (valid_until, state):
        return period
    period.valid_until, period.state = valid_until, state
    period.save()
    catalogue.refresh([offer.organisation_id], now=now)
    return period
