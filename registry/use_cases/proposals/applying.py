"""Writing accepted changes into the register, in the transaction of whoever accepts them."""

from itertools import groupby

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Max

from core.exceptions import Refused
from registry.choices import Change, Subject
from registry.models import Institution, Offer, OfferCpv, OfferPicture, Organisation, Reference, Unit, Workplace
from registry.proposals.values import write
from registry.use_cases import offers, pictures
from registry.use_cases.imports import fields as fields_of_imports
from registry.use_cases.proposals.carrying import carried_over
from registry.use_cases.slugs import free_slug

GONE = "Tego, czego dotyczy zmiana, nie ma już na karcie. Można ją tylko odrzucić."
TWISTED = "Rejestr nie przyjął tej zmiany: nie zgadza się z innymi danymi karty."


def apply(changes, organisation, *, actor, now):
    """Write these changes of one card. Entries of the catalogue are the caller's.

    Refused, with the change in `field`: a row is gone, the database says no, an offer to be removed holds a mark.
    """
    by_row = sorted((one for one in changes if one.action == Change.FIELD), key=lambda one: (one.subject, one.target))
    for (subject, target), group in groupby(by_row, key=lambda one: (one.subject, one.target)):
        group = list(group)
        with _told_of(group[0]):
            _change(subject, target, group, organisation, now)
    for one in changes:
        if one.action == Change.REMOVE:
            with _told_of(one):
                _remove(one, organisation, actor, now)
    made = {}
    added = [one for one in changes if one.action == Change.ADD]
    for one in sorted(added, key=lambda one: one.subject == Subject.PICTURE):  # pictures after their offers
        with _told_of(one):
            _add(one, organisation, made, actor, now)


def cards_of(organisation):
    """The card, and those of the units of its institution, which name it."""
    if organisation.unit_id:
        return [organisation.pk]
    units = Organisation.objects.living().filter(unit__operator=organisation.institution_id)
    return [organisation.pk, *units.values_list("pk", flat=True)]


def vouch(changes, organisation, *, today):
    """Write down that a person vouches for these fields, so that an import from a weaker source leaves them."""
    known = {*fields_of_imports.INSTITUTION, *fields_of_imports.CARD}
    names = {
        one.field for one in changes if one.action == Change.FIELD and one.subject in (Subject.CARD, Subject.PARTY)
    }
    if organisation.unit_id and "regon" in names:
        names = names - {"regon"} | {"unit_regon"}
    if names := names & (known | {"unit_regon"}):
        card = Organisation.objects.get(pk=organisation.pk)
        card.verified_fields |= dict.fromkeys(sorted(names), today.isoformat())
        card.save(update_fields=["verified_fields", "updated_at"])


class _told_of:
    """What the register refuses is told of this change; in a savepoint, so that the page can still be drawn."""

    def __init__(self, change):
        self._change, self._savepoint = change, transaction.atomic()

    def __enter__(self):
        self._savepoint.__enter__()

    def __exit__(self, kind, error, trace):
        self._savepoint.__exit__(kind, error, trace)
        if isinstance(error, ValidationError):
            raise Refused(" ".join(error.messages), field=str(self._change.pk)) from error
        if isinstance(error, IntegrityError):
            raise Refused(TWISTED, field=str(self._change.pk)) from error
        if isinstance(error, Refused) and error.field is None:
            raise Refused(str(error), field=str(self._change.pk)) from error


def lock_rows(changes, organisation):
    """Lock the rows these changes are of: what is compared is what is overwritten."""
    for subject in (Subject.OFFER, Subject.PICTURE, Subject.WORKPLACE, Subject.REFERENCE):
        targets = [one.target for one in changes if one.subject == subject and one.target]
        if targets:
            rows = _rows(subject, organisation).select_for_update(of=("self",), no_key=True)
            list(rows.filter(pk__in=targets).order_by("pk").values_list("pk"))


def _locked(subject, target, organisation):
    """The row a change is of; None when it is not on this card any more."""
    rows = _rows(subject, organisation).select_for_update(of=("self",), no_key=True)
    return rows.filter(pk=target).first()


def _rows(subject, organisation):
    return {
        Subject.CARD: Organisation.objects.living().filter(pk=organisation.pk),
        Subject.PARTY: _parties(organisation),
        Subject.OFFER: Offer.objects.living().filter(organisation=organisation),
        Subject.WORKPLACE: Workplace.objects.filter(organisation=organisation),
        Subject.REFERENCE: Reference.objects.filter(organisation=organisation),
        Subject.PICTURE: OfferPicture.objects.filter(offer__organisation=organisation, offer__removed_at__isnull=True),
    }[subject]


def _parties(organisation):
    if organisation.unit_id:
        return Unit.objects.filter(pk=organisation.unit_id)
    return Institution.objects.living().filter(pk=organisation.institution_id)


def _change(subject, target, group, organisation, now):
    row = _locked(subject, target, organisation)
    if row is None:
        raise Refused(GONE)
    values = {one.field: one.new for one in group}
    _checked_save(row, write(row, subject, values))
    if subject == Subject.OFFER:
        if "cpv" in values:
            _set_codes(row, values["cpv"])
        if {"cpv", "category"} & values.keys():
            _classified(row, now)


def _checked_save(row, names):
    """Save these columns after what the model says of them; with none the whole new row."""
    columns = [field.name for field in row._meta.concrete_fields]
    row.clean_fields(exclude=[name for name in columns if names and name not in names])
    row.validate_constraints()
    if not names:
        row.save()
        return
    more = ["updated_at"] if "updated_at" in columns else []
    row.save(update_fields=[*names, *more])


def _remove(one, organisation, actor, now):
    row = _locked(one.subject, one.target, organisation)
    if row is None:
        return  # somebody else has removed it already
    if one.subject == Subject.OFFER:
        offers.remove_offer(offer_id=row.pk, now=now)
    elif one.subject == Subject.PICTURE:
        pictures.remove_picture(picture_id=row.pk, actor=actor)
    else:
        row.delete()


def _add(one, organisation, made, actor, now):
    if one.subject == Subject.PICTURE:
        carried_over(one, made, actor=actor, now=now)
        return
    if one.subject == Subject.UNIT:
        _add_unit(one.new, organisation)
        return
    model = {Subject.OFFER: Offer, Subject.WORKPLACE: Workplace, Subject.REFERENCE: Reference}[one.subject]
    row = model(organisation=organisation)
    write(row, one.subject, one.new)
    if one.subject == Subject.OFFER:
        row.position = 1 + (organisation.offers.aggregate(last=Max("position"))["last"] or 0)
    _checked_save(row, [])
    if one.subject == Subject.OFFER:
        made[one.section] = row.pk
        _set_codes(row, one.new.get("cpv", []))
        _classified(row, now)


def _add_unit(values, organisation):
    """A unit of this institution and its card, which a coordinator publishes once the voivode's register agrees."""
    unit = Unit(operator=organisation.institution)
    write(unit, Subject.UNIT, values)
    _checked_save(unit, [])
    Organisation.objects.create(
        institution=organisation.institution, unit=unit, kind_id=values["kind"], slug=free_slug(unit.name)
    )


def _set_codes(offer, codes):
    offer.cpv_links.exclude(code__in=codes).delete()
    had = set(offer.cpv_links.values_list("code_id", flat=True))
    OfferCpv.objects.bulk_create(OfferCpv(offer=offer, code_id=code) for code in codes if code not in had)


def _classified(offer, now):
    """Who accepted the change has looked at category and codes, too."""
    if offer.category_id and offer.confirmed_at is None:
        offer.confirmed_at = now
        offer.save(update_fields=["confirmed_at", "updated_at"])
