"""How one cites the data of a day."""

from django.conf import settings

from core.templatetags.portal import moment_words
from open_data.licences import licence


def citation(dataset, dump):
    """A sentence to copy, with the moment the data are of and the address that stays."""
    address = f"{settings.SITE_URL}/otwarte-dane/{dataset.slug}/{dump.day}/"
    return (
        f"{settings.OPERATOR['name']}, {settings.PORTAL_NAME}: {dataset.title}, stan na {moment_words(dump.made_at)}, "
        f"{address} ({licence().label})."
    )
