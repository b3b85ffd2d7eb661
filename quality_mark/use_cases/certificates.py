"""Certificates: made once for each licence, by whoever comes first; what a killed worker left is made by the next."""

import hashlib

from django.core.files.base import ContentFile
from django.db import transaction

from quality_mark.models import Certificate
from quality_mark.papers.certificate import certificate_pdf

_READ = "licence__mark", "licence__application__rulebook", "licence__application__offer__organisation"


def waiting(most=None):
    """Ids of certificates that have no file yet, the oldest first."""
    ids = Certificate.objects.filter(made_at=None).order_by("pk").values_list("pk", flat=True)
    return list(ids[:most] if most else ids)


def make(certificate_id, *, now):
    """Make the file of one certificate. False when it is made already, or another worker has it in hand."""
    with transaction.atomic():
        rows = Certificate.objects.select_for_update(of=("self",), skip_locked=True).select_related(
            *_READ, "licence__application__offer__organisation__unit",
            "licence__application__offer__organisation__institution",
        )  # fmt: skip
        one = rows.filter(pk=certificate_id, made_at=None).first()
        if one is None:
            return False
        content = certificate_pdf(one.licence)
        one.sha256, one.made_at = hashlib.sha256(content).hexdigest(), now
        one.file.save("certyfikat.pdf", ContentFile(content), save=False)
        one.save(update_fields=["file", "sha256", "made_at"])
    return True
