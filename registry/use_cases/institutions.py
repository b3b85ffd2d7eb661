"""Legal persons as other parts of the portal meet them: found or written down by NIP, moved to another address."""

import pghistory
from django.db import IntegrityError, transaction

from core.exceptions import Refused
from core.polish import sort_key
from registry.models import Institution, Organisation
from registry.use_cases import catalogue

ADDRESS = (
    "street", "house_number", "flat_number", "postal_code", "post_office", "town", "municipality_id", "county_id",
)  # fmt: skip


@transaction.atomic
def institution_of(*, nip, name, regon="", krs="", **given):
    """The living institution of this NIP, just as the register has it; written down from `given` when there is none.

    A REGON or KRS that somebody else in the register has already is left out: which of the two is wrong is for a
    person to find out.
    """
    if known := Institution.objects.living().filter(nip=nip).first():
        return known
    numbers = {
        field: value
        for field, value in {"regon": regon, "krs": krs}.items()
        if value and not Institution.objects.living().filter(**{field: value}).exists()
    }
    try:
        with transaction.atomic():
            return Institution.objects.create(nip=nip, name=name, sort_key=sort_key(name), **numbers, **given)
    except IntegrityError:  # somebody wrote it down in the same moment
        return Institution.objects.living().get(nip=nip)


@transaction.atomic
def move(*, institution_id, address, actor, now):
    """Give an institution another address (names of ADDRESS, those not named stay) and show it in the catalogue."""
    rows = Institution.objects.living().select_for_update(of=("self",), no_key=True)
    institution = rows.filter(pk=institution_id).first()
    if institution is None:
        raise Refused("Tej instytucji nie ma już w rejestrze.")
    changed = {name: address[name] for name in ADDRESS if name in address}
    with pghistory.context(user=actor.pk):
        for name, value in changed.items():
            setattr(institution, name, value)
        institution.save(update_fields=[*changed, "updated_at"])
    cards = Organisation.objects.living().filter(institution=institution).values_list("pk", flat=True)
    catalogue.refresh(list(cards), now=now)
    return institution
