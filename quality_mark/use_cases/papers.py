"""Files and recommendations that go with an application. A file is kept from its first upload."""

import hashlib

from django.core.files.base import ContentFile
from django.db import transaction

from core import links
from core.exceptions import Refused
from core.signed_files import PDF, SUFFIXES, taken
from notifications import outbox
from quality_mark.correction import places_of
from quality_mark.letters import RECOMMENDATION, asked_context
from quality_mark.models import Paper, Recommendation
from quality_mark.use_cases.applying import CLOSED, EDITABLE, editable

MOST_PAPERS, MOST_RECOMMENDATIONS = 60, 10
# What makes a PDF act by itself when it is opened (ISO 32000-2, 12.6.4).
ACTIVE = (b"/JavaScript", b"/JS ", b"/JS(", b"/Launch", b"/OpenAction<</S/JavaScript")
SIGNED = "podpisany-wniosek"
RECOMMENDED = "rekomendacja"


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
    return _keep(application, code, upload, actor, now)


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
        storage, name = paper.file.storage, paper.file.name
        paper.delete()
        transaction.on_commit(lambda: storage.delete(name))
        return
    paper.removed_at = now
    paper.save(update_fields=["removed_at"])


@transaction.atomic
def ask_for_recommendation(*, application_id, recommender, email, actor, now):
    """Write to a customer; they answer by the link, without an account. The same address is asked once."""
    application = _recommendable(application_id, actor)
    rows = application.recommendations
    if rows.count() >= MOST_RECOMMENDATIONS:
        raise Refused(f"Wniosek może mieć najwyżej {MOST_RECOMMENDATIONS} rekomendacji.")
    if row := rows.filter(email__iexact=email).exclude(email="").first():
        return row
    row = rows.create(recommender=recommender, email=email, asked_at=now)
    outbox.enqueue(
        to=email,
        template="quality_mark/email/recommendation",
        context=asked_context(application, row, links.token(RECOMMENDATION, row)),
        dedupe_key=f"quality-mark:recommendation:{row.pk}",
        now=now,
    )
    return row


@transaction.atomic
def upload_recommendation(*, application_id, recommender, upload, actor, now):
    """A recommendation on paper."""
    application = _recommendable(application_id, actor)
    if application.recommendations.count() >= MOST_RECOMMENDATIONS:
        raise Refused(f"Wniosek może mieć najwyżej {MOST_RECOMMENDATIONS} rekomendacji.")
    paper = _keep(application, RECOMMENDED, upload, actor, now)
    return application.recommendations.create(recommender=recommender, paper=paper, given_at=now)


@transaction.atomic
def remove_recommendation(*, application_id, recommendation_id, actor, now):
    application = _recommendable(application_id, actor)
    row = application.recommendations.filter(pk=recommendation_id).first()
    if row is None:
        return
    paper = row.paper_id
    row.delete()
    if paper:
        remove_paper(application_id=application_id, paper_id=paper, actor=actor, now=now)


@transaction.atomic
def recommend(*, recommendation_id, text, signed_name, function, now):
    """What the customer writes. It may be changed as long as the application was not sent. Refused afterwards."""
    row = (
        Recommendation.objects.select_for_update(of=("self",)).select_related("application").get(pk=recommendation_id)
    )
    if row.application.state not in EDITABLE or not places_of(row.application).opens_recommendations:
        raise Refused("Wniosek został już złożony albo wycofany: rekomendacji nie można zmienić.")
    row.text, row.signed_name, row.function, row.given_at = text, signed_name, function, now
    row.save(update_fields=["text", "signed_name", "function", "given_at"])
    return row


def _recommendable(application_id, actor):
    application = editable(application_id, actor)
    if not places_of(application).opens_recommendations:
        raise Refused(CLOSED)
    return application


def _keep(application, code, upload, actor, now):
    if application.papers.filter(removed_at=None, is_of_office=False).count() >= MOST_PAPERS:
        raise Refused(f"Wniosek może mieć najwyżej {MOST_PAPERS} plików.", field="files")
    content_type, content = taken(upload)
    if content_type == PDF and any(mark in content for mark in ACTIVE):
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
