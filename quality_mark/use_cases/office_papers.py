"""Papers that the office makes: they stand in the file of the case and are never removed."""

import hashlib

from django.core.files.base import ContentFile

from core.signed_files import PDF
from quality_mark.models import Paper
from quality_mark.office.documents import file_name, office_letter


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


def keep_letter(application, kind, words, *, actor, now, **facts):
    """A letter of the office by the words of the case's rules, as a paper of the case."""
    content = office_letter(application, kind, now=now, **facts)
    name = file_name(words, application, now)
    return keep(application=application, code=kind, content=content, name=name, actor=actor, now=now)
