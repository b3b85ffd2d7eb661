"""Letters about a request or a grant, each to one address once."""

from django.conf import settings

from notifications.outbox import enqueue


def tell(address, template, about, *, user=None, now, **context):
    """`about` is the row that the letter speaks of; the same letter about the same row goes to an address once."""
    enqueue(
        to=address,
        user=user,
        template=template,
        context={"about": about, "panel": f"{settings.SITE_URL}/panel/", **context},
        dedupe_key=f"{template}:{about._meta.label_lower}:{about.pk}:{address.lower()}"[:200],
        now=now,
    )
