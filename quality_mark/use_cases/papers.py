"""Files that go with an application. A file is kept from its first upload."""

import hashlib

from django.core.files.base import ContentFile
from django.db import transaction

from core.active_pdf import runs_scripts
from core.exceptions import Refused
from core.signed_files import PDF, SUFFIXES, taken
from quality_mark.choices import RECOMMENDED, SIGNED
from quality_mark.correction import places_of
from quality_mark.models import Paper, Recommendation
from quality_mark.use_cases.applying import CLOSED, editable

MOST_PAPERS = 60


@transaction.atomic
def add_paper(*, application_id, code, upload, actor, now):
    """Keep one file under a code of the rules. The same file twice is kept once. Returns the Paper.

    Refused: no document, too large, one that runs scripts, too many.
    """
    application = editable(application_id, actor)
    known = {*application.rulebook.requiredpaper_set.values_list("code", flat=True), SIGNED, RECOMMENDED}
    if code not in known:
        raise Refused("Takiego dokumentu nie ma na liście.", field="files")
    if not places_of(application).opens_code(code):
        raise Refused(CLOSED, field="files")
    return keep(application, code, upload, actor, now)


@transaction.atomic
def remove_paper(*, application_id, paper_id, actor, now):
    """Take a file off the application. It stays in the files of the case when the application was already sent."""
    application = editable(application_id, actor)
    paper = application.papers.select_for_update().filter(pk=paper_id, is_of_office=False, removed_at=None).first()
    if paper is None:
        return
    places = places_of(application)
    if not (places.opens_recommendations if paper.code == RECOMMENDED else places.opens_code(paper.code)):
        raise Refused(CLOSED)
    Recommendation.objects.filter(paper=paper).update(given_at=None, paper=None)
    if application.submitted_at is None:
        paper.delete()
        return
    paper.removed_at = now
    paper.save(update_fields=["removed_at"])


def keep(application, code, upload, actor, now):
    if application.papers.filter(removed_at=None, is_of_office=False).count() >= MOST_PAPERS:
        raise Refused(f"Wniosek może mieć najwyżej {MOST_PAPERS} plików.", field="files")
    content_type, content = taken(upload)
    if content_type == PDF and runs_scripts(content):
        raise Refused(
            "Ten PDF zawiera skrypt. Zapisz go jako zwykły PDF (na przykład drukując do PDF).", field="files"
        )
    digest = hashlib.sha256(content).hexdigest()
    if same := application.papers.filter(code=code, sha256=digest, removed_at=None).first():
        return same
    return Paper.objects.create(
        application=application,
        code=code,
        file=ContentFile(content, f"plik.{SUFFIXES[content_type]}"),
        name=str(upload.name)[:200].replace("\0", ""),
        content_type=content_type,
        size=len(content),
        sha256=digest,
        uploaded_by=actor,
        uploaded_at=now,
    )
