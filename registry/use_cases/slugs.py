"""The last part of a card's address, from the name."""

from core.slugs import free_slug as free
from registry.models import FormerSlug, Organisation


def free_slug(name):
    return free(Organisation.objects, name, nothing="podmiot", former=[FormerSlug.objects])
