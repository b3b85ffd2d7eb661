"""Documents that the office makes of a case: each is kept as a paper with its hash, and made once."""

import hashlib

from django.core.files.base import ContentFile
from django.db import transaction

from core import pdf
from core.templatetags.portal import moment_words
from notifications import outbox
from quality_mark.choices import DocumentKind
from quality_mark.letters import submitted_context
from quality_mark.models import Application, Paper


def keep(application, *, code, name, content, is_shown=True, now):
    """A PDF as a paper of the office."""
    return Paper.objects.create(
        application=application,
        code=code,
        file=ContentFile(content, "dokument.pdf"),
        name=name,
        content_type="application/pdf",
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        is_of_office=True,
        is_shown=is_shown,
        uploaded_at=now,
    )


def without_document():
    """Ids of applications that were sent and of which no document was made yet: a worker may have died between."""
    made = Paper.objects.filter(code=DocumentKind.APPLICATION, is_of_office=True)
    return Application.objects.sent().exclude(pk__in=made.values("application")).values_list("pk", flat=True)


@transaction.atomic
def draw_application(*, application_id, sections, now):
    """The document of an application as it was sent, and the letter that confirms it. Once, whoever asks."""
    application = Application.objects.select_for_update(of=("self",)).select_related("rulebook").get(pk=application_id)
    if not application.number or application.papers.filter(code=DocumentKind.APPLICATION, is_of_office=True).exists():
        return None
    content = application_pdf(application, sections(application))
    name = f"wniosek-{application.number.replace('/', '-')}.pdf"
    paper = keep(application, code=DocumentKind.APPLICATION, name=name, content=content, now=now)
    if application.started_by:
        outbox.enqueue(
            to=application.started_by.email,
            user=application.started_by,
            template="quality_mark/email/submitted",
            context=submitted_context(application, paper),
            dedupe_key=f"quality-mark:submitted:{application.pk}",
            now=now,
        )
    return paper


def application_pdf(application, told):
    """The application as a document; of a draft, one to be signed. `told` is applying.content.sections."""
    is_sent = bool(application.number)
    signed = ", ".join(filter(None, [application.get_signed_by_display(), application.signed_name]))
    party = dict(told[0][1])
    data = {
        "number": application.number,
        "submitted": moment_words(application.submitted_at) if is_sent else "",
        "organisation": party.get("Nazwa", ""),
        "nip": party.get("NIP", ""),
        "rules": str(application.rulebook),
        "kind": application.get_kind_display(),
        "signed": signed,
        "sections": [{"title": title, "rows": [list(row) for row in rows]} for title, rows in told],
    }
    return pdf.document("quality_mark/application.typ", data, standards=pdf.ARCHIVE)
