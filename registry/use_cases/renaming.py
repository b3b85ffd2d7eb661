"""Another address for a card; the old one leads to it for good (registry.models.former_slugs)."""

import re

from django.db import IntegrityError, transaction
from django.db.models.functions import Lower

from core.exceptions import Refused
from core.slugs import LONGEST
from registry.models import FormerSlug, Organisation
from registry.use_cases import catalogue
from registry.use_cases.organisations import locked

_SHAPE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
TAKEN = "Ten adres ma albo miał inny podmiot. Wybierz inny."
# Words that stand in the same place of an address.
OWN_WORDS = {"eksport", "atom", "granice", "mapa"}


@transaction.atomic
def rename(*, organisation_id, slug, actor, now):
    """Give a card this address; its own former one may be taken back. Returns the card.

    Refused: what is no address, one that another card has or had.
    """
    organisation, slug = locked(organisation_id), slug.strip().lower()
    if not _SHAPE.fullmatch(slug) or len(slug) > LONGEST or slug in OWN_WORDS:
        raise Refused("Adres to małe litery bez ogonków i cyfry, z myślnikami między słowami.", field="slug")
    if slug == organisation.slug:
        return organisation
    others = [Organisation.objects.exclude(pk=organisation.pk), FormerSlug.objects.exclude(organisation=organisation)]
    if any(rows.alias(low=Lower("slug")).filter(low=slug).exists() for rows in others):
        raise Refused(TAKEN, field="slug")
    organisation.slug = slug
    try:
        with transaction.atomic():
            organisation.save(update_fields=["slug", "updated_at"])
    except IntegrityError as error:  # somebody took it in the same moment
        raise Refused(TAKEN, field="slug") from error
    catalogue.refresh([organisation.pk], now=now)
    return organisation
