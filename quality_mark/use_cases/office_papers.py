"""Papers that the office makes: they stand in the file of the case and are never removed."""

import hashlib

from django.core.files.base import ContentFile

from core.signed_files import PDF
from quality_mark.models import Paper


def keep(*, application, code, content, name, is_shown=True, actor=None, now):
    """One PDF of the office, in the caller's transaction."""
    return Paper.objects.create(
        application=application,
        code=code,
        file=ContentFile(content, "pismo.pdf"),
        name=name[:200],
        content_type=PDF,
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        is_of_office=True,
        is_shown=is_shown,
        uploaded_by=actor,
        uploaded_at=now,
    )
