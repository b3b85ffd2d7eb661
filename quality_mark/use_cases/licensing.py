"""From the grant to a valid mark: the agreement, its two signatures, the licence, the row of its certificate."""

import hashlib

from celery import current_app
from dateutil.relativedelta import relativedelta
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from core.exceptions import Refused
from core.signed_files import PDF, SUFFIXES, taken
from quality_mark import access
from quality_mark.choices import Actor, ApplicationKind, ApplicationState, DocumentKind, MarkState, SignedBy
from quality_mark.models import Agreement, Application, Certificate, Licence, Mark, Paper
from quality_mark.papers.agreement import agreement_pdf
from quality_mark.register.chaining import begins_on
from quality_mark.register.standing import DAY
from quality_mark.use_cases.moving import advance, advance_mark, locked
from quality_mark.use_cases.papers import ACTIVE as SCRIPTS
from quality_mark.use_cases.recording import record

# By its name, because rules know no tasks.
TASK = "quality_mark.tasks.signing.make_certificates"
SIGNED, LICENCE = "umowa-podpisana", DocumentKind.LICENCE


@transaction.atomic
def prepare(*, application_id, now):
    """The agreement of a granted application as a document to be signed; the one that is there when there is one."""
    application = _granted(application_id)
    made = Agreement.objects.filter(application=application).first()
    if made:
        return made
    content = agreement_pdf(application, today=timezone.localdate(now))
    paper = _paper(application, LICENCE, content, PDF, f"Umowa licencyjna {application.number}.pdf", None, now)
    return Agreement.objects.create(application=application, paper=paper, made_at=now)


def unprepared():
    """Ids of granted applications that have no agreement yet."""
    granted = Application.objects.filter(state=ApplicationState.GRANTED, agreement=None)
    return list(granted.order_by("pk").values_list("pk", flat=True)[:100])


@transaction.atomic
def sign_by_file(*, application_id, upload, actor, now):
    """The holder's signed copy: a scan, or a file with an electronic signature. A later one takes its place."""
    agreement = _to_be_signed(application_id, actor)
    content_type, content = taken(upload)
    if content_type == PDF and any(mark in content for mark in SCRIPTS):
        raise Refused("Ten PDF zawiera skrypt. Zapisz go jako zwykły PDF.", field="files")
    if content_type == PDF and hashlib.sha256(content).hexdigest() == agreement.paper.sha256:
        raise Refused("To umowa bez podpisu. Prześlij podpisany egzemplarz.", field="files")
    name = str(upload.name)[:200].replace("\0", "")
    by = SignedBy.SIGNATURE_FILE if _is_electronic(content_type, content) else SignedBy.SCAN
    agreement.signed = _paper(agreement.application, SIGNED, content, content_type, name, actor, now, office=False)
    agreement.signed_name = ""
    return _signed(agreement, by, actor, now)


@transaction.atomic
def sign_by_declaration(*, application_id, name, actor, now):
    """The holder's typed declaration, where the rules of the case take one."""
    agreement = _to_be_signed(application_id, actor)
    if not agreement.application.rulebook.takes_typed_declaration:
        raise Refused("Zasady wymagają podpisanego dokumentu: prześlij podpisaną umowę.", field="signed_name")
    agreement.signed_name, agreement.signed = name, None
    return _signed(agreement, SignedBy.DECLARATION, actor, now)


@transaction.atomic
def countersign(*, application_id, actor, note="", now):
    """The office's signature, the second one: from its day on the mark is valid. Returns the Licence.

    A second press finds the licence. The certificate is made by a worker after the commit, or by the next sweep.
    """
    application = locked(application_id)
    access.check(actor, Actor.CLERK, application)
    done = Licence.objects.filter(application=application).first()
    if done:
        return done
    agreement = Agreement.objects.select_for_update().filter(application=application).first()
    if agreement is None or agreement.holder_signed_at is None:
        raise Refused("Podmiot nie podpisał jeszcze umowy.")
    today = timezone.localdate(now)
    mark = _mark_of(application, today)
    # Asked before the step: with it the renewal is over, and keeps the mark valid no longer.
    begins = begins_on(application, today)
    advance(application_id=application_id, step="license", role=Actor.CLERK, actor=actor, note=note, now=now)
    licence = Licence.objects.create(
        mark=mark,
        application=application,
        granted_on=begins,
        valid_until=begins + relativedelta(months=application.rulebook.licence_months) - DAY,
        holder_signed_on=timezone.localdate(agreement.holder_signed_at),
        office_signed_on=today,
        holder_signed_by=agreement.holder_signed_by,
        agreement=agreement.signed or agreement.paper,
    )
    if application.kind == ApplicationKind.RENEWAL:
        advance_mark(mark_id=mark.pk, step="renew", role=Actor.CLERK, actor=actor, note=application.number, now=now)
    Mark.objects.filter(pk=mark.pk).update(valid_until=licence.valid_until, reminded_days=None)
    record(mark.pk, now=now)
    Certificate.objects.create(licence=licence, asked_at=now)
    transaction.on_commit(lambda: current_app.signature(TASK).delay(), robust=True)
    return licence


@transaction.atomic
def unsigned(*, application_id, actor, note="", now):
    """The director's end of a grant whose agreement was not signed in time."""
    application = _granted(application_id)
    if application.due_at and application.due_at > now:
        raise Refused("Termin podpisania umowy jeszcze nie minął.")
    return advance(
        application_id=application_id, step="unsigned", role=Actor.DIRECTOR, actor=actor,
        note=note or "Umowy nie podpisano w terminie.", now=now,
    )  # fmt: skip


def _granted(application_id):
    application = locked(application_id)
    if application.state != ApplicationState.GRANTED:
        raise Refused("Ten wniosek nie czeka na podpisanie umowy.")
    return application


def _to_be_signed(application_id, actor):
    application = _granted(application_id)
    access.check(actor, Actor.APPLICANT, application)
    agreement = Agreement.objects.select_for_update(of=("self",)).select_related("paper")
    agreement = agreement.filter(application=application).first()
    if agreement is None:
        raise Refused("Umowa jest w przygotowaniu. Zajrzyj tu za kilka minut.")
    agreement.application = application
    return agreement


def _signed(agreement, by, actor, now):
    agreement.holder_signed_at, agreement.holder_signed_by, agreement.holder = now, by, actor
    agreement.save()
    return agreement


def _is_electronic(content_type, content):
    return content_type not in (PDF, "image/jpeg") or b"/ByteRange" in content


def _mark_of(application, today):
    """The mark that is licensed: of a renewal its own, else a new one under the number of the application."""
    if application.kind == ApplicationKind.FIRST:
        return Mark.objects.create(number=application.number, offer=application.offer, since=today, valid_until=today)
    mark = Mark.objects.select_for_update(of=("self",)).get(pk=application.mark_id)
    if mark.state in (MarkState.SUSPENDED, MarkState.REVOKED):
        raise Refused("Znak jest zawieszony albo odebrany. Najpierw trzeba to rozstrzygnąć.")
    return mark


def _paper(application, code, content, content_type, name, actor, now, *, office=True):
    return Paper.objects.create(
        application=application,
        code=code,
        file=ContentFile(content, f"plik.{SUFFIXES[content_type]}"),
        name=name,
        content_type=content_type,
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        is_of_office=office,
        uploaded_by=actor,
        uploaded_at=now,
    )
