"""Documents of a notice: files kept here, links to where others lie."""

from functools import partial

from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db import transaction

from core.exceptions import Refused
from procurement.models import NoticeDocument
from procurement.notices import steps
from procurement.notices.files import known
from procurement.use_cases.notices.changing import change, locked

MOST = 50


@transaction.atomic
def add_document(*, notice_id, title="", upload=None, url="", reason="", actor, now):
    """Keep a file or a link; without a title the name of the file is one. Of a public notice it is a correction.

    Refused: neither or both, a file that is none of the known kinds (procurement.notices.files), MOST of them already.
    """
    if bool(upload) == bool(url):
        raise Refused("Dodaj plik albo podaj adres, jedno z dwojga.", field="file")
    kind, suffix = known(upload) if upload else ("", "")
    title = " ".join(title.split()) or (str(upload.name).rpartition(".")[0][:200] if upload else "")
    if not title:
        raise Refused("Nazwij dokument.", field="title")
    notice = locked(notice_id)
    if notice.documents.count() >= MOST:
        raise Refused(f"Ogłoszenie ma już {MOST} dokumentów. Usuń zbędne albo podaj adres, pod którym leżą wszystkie.")
    document = NoticeDocument(notice=notice, title=title[:200], url=url, content_type=kind, added_at=now)
    try:
        with change(notice, steps.DOCUMENTS, shown=None, reason=reason, actor=actor, now=now):
            if upload:
                document.file.save(f"plik.{suffix}", File(upload), save=False)
            document.save()
    except BaseException:
        # No row will ever name it.
        if document.file:
            default_storage.delete(document.file.name)
        raise
    return document


@transaction.atomic
def drop_document(*, notice_id, document_id, reason="", actor, now):
    """Take a document away; a second time does no harm."""
    notice = locked(notice_id)
    with change(notice, steps.DOCUMENTS, shown=None, reason=reason, actor=actor, now=now):
        for document in notice.documents.filter(pk=document_id):
            document.delete()
            if document.file:
                transaction.on_commit(partial(default_storage.delete, document.file.name))
    return notice
