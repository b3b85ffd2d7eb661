"""When requests for a role and their documents go."""

from datetime import timedelta

from django.conf import settings
from django.core.files.storage import default_storage

BATCH = 500


def forget_documents(model, now):
    """Erase documents whose request was decided long enough ago.

    The file goes before its row forgets it, so that a killed process leaves nothing behind. Returns how many went.
    """
    limit = now - timedelta(days=settings.REQUEST_DOCUMENT_KEPT_DAYS)
    old = list(model.objects.filter(decided_at__lt=limit).exclude(document="").order_by("pk")[:BATCH])
    for request in old:
        default_storage.delete(request.document.name)
    model.objects.filter(pk__in=[request.pk for request in old]).update(document="")
    return len(old)


def forget_requests(model, now):
    limit = now - timedelta(days=settings.ROLE_KEPT_DAYS)
    old = model.objects.filter(decided_at__lt=limit, document="").order_by("pk").values("pk")[:BATCH]
    return model.objects.filter(pk__in=list(old.values_list("pk", flat=True))).delete()[0]


def erase_requests(model, user):
    """Open and decided ones; their files go first, a file without its row would be swept at night anyway."""
    mine = model.objects.filter(user=user)
    for name in mine.exclude(document="").values_list("document", flat=True):
        default_storage.delete(name)
    mine.delete()
