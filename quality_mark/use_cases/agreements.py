"""The licence agreement of a granted application: made, signed by its holder, or not signed in time."""

import hashlib
from datetime import timedelta

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from core.active_pdf import runs_scripts
from core.exceptions import Refused
from core.signed_files import PDF, SUFFIXES, has_signature, taken
from core.templatetags.portal import date_words
from quality_mark import access
from quality_mark.calendar import last_day
from quality_mark.choices import Actor, ApplicationState, DocumentKind, SignedBy
from quality_mark.letters_of_agreements import AGREEMENT, AGREEMENT_REMINDER, AGREEMENT_SIGNED, UNSIGNED
from quality_mark.models import Agreement, Application, Paper
from quality_mark.papers.agreement import agreement_pdf
from quality_mark.papers.mark_letter import letter_pdf
from quality_mark.use_cases.moving import advance, locked
from quality_mark.use_cases.office_papers import keep
from quality_mark.use_cases.telling import tell_applicant, tell_handler

REMINDED = timedelta(days=7)
SIGNED, LICENCE = "umowa-podpisana", DocumentKind.LICENCE


@transaction.atomic
def prepare(*, application_id, now):
    """The agreement of a granted application as a document to be signed; the one that is there when there is one.

    One that was made before the application was granted anew, after a complaint, is made anew, and signed by nobody.
    """
    application = _granted(application_id)
    made = current(application).first()
    if made:
        return made
    content = agreement_pdf(application, today=timezone.localdate(now))
    name = f"Umowa licencyjna {application.number}.pdf"
    paper = keep(application=application, code=LICENCE, content=content, name=name, now=now)
    nobody = {"holder_signed_at": None, "holder_signed_by": "", "holder": None, "signed_name": "", "signed": None}
    made, _ = Agreement.objects.update_or_create(
        application=application, defaults={"paper": paper, "made_at": now} | nobody
    )
    tell_applicant(AGREEMENT, application, key=str(paper.pk), page="agreement", now=now, until=_last_day(application))
    return made


def remind(*, now):
    """Whoever has not signed a week before the deadline is told once. Returns how many agreements are near it."""
    near = Application.objects.filter(
        state=ApplicationState.GRANTED, agreement__holder_signed_at=None, agreement__isnull=False, due_at__gt=now,
        due_at__lte=now + REMINDED,
    )  # fmt: skip
    near = list(near.select_related("offer__organisation__institution", "offer__organisation__unit"))
    for one in near:
        key = f"{one.pk}:{_last_day(one)}"
        tell_applicant(AGREEMENT_REMINDER, one, key=key, page="agreement", now=now, until=_last_day(one))
    return len(near)


def unprepared():
    """Ids of granted applications that have no agreement yet."""
    granted = Application.objects.filter(
        Q(agreement=None) | Q(agreement__made_at__lt=F("decided_at")), state=ApplicationState.GRANTED
    )
    return list(granted.order_by("pk").values_list("pk", flat=True)[:100])


@transaction.atomic
def sign_by_file(*, application_id, upload, actor, now):
    """The holder's signed copy: a scan, or a file with an electronic signature. A later one takes its place."""
    agreement = _to_be_signed(application_id, actor, now)
    content_type, content = taken(upload)
    if content_type == PDF and runs_scripts(content):
        raise Refused("Ten PDF zawiera skrypt. Zapisz go jako zwykły PDF.", field="files")
    if content_type == PDF and hashlib.sha256(content).hexdigest() == agreement.paper.sha256:
        raise Refused("To umowa bez podpisu. Prześlij podpisany egzemplarz.", field="files")
    if agreement.signed and agreement.signed.sha256 == hashlib.sha256(content).hexdigest():
        return agreement
    if agreement.signed:
        # It stays in the file of the case, but is no paper of it any more.
        Paper.objects.filter(pk=agreement.signed_id).update(removed_at=now)
    by = SignedBy.SIGNATURE_FILE if has_signature(content_type, content) else SignedBy.SCAN
    agreement.signed = Paper.objects.create(
        application=agreement.application,
        code=SIGNED,
        file=ContentFile(content, f"plik.{SUFFIXES[content_type]}"),
        name=str(upload.name)[:200].replace("\0", ""),
        content_type=content_type,
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        uploaded_by=actor,
        uploaded_at=now,
    )
    agreement.signed_name = ""
    return _signed(agreement, by, actor, now)


@transaction.atomic
def sign_by_declaration(*, application_id, name, actor, now):
    """The holder's typed declaration, where the rules of the case take one."""
    agreement = _to_be_signed(application_id, actor, now)
    if not agreement.application.rulebook.takes_typed_declaration:
        raise Refused("Zasady wymagają podpisanego dokumentu: prześlij podpisaną umowę.", field="signed_name")
    agreement.signed_name, agreement.signed = name, None
    return _signed(agreement, SignedBy.DECLARATION, actor, now)


@transaction.atomic
def unsigned(*, application_id, actor, note="", now):
    """The director's end of a grant whose agreement was not signed in time, with a paper like any refusal."""
    application = _granted(application_id)
    access.check(actor, Actor.DIRECTOR, application)
    if application.due_at and application.due_at > now:
        raise Refused("Termin podpisania umowy jeszcze nie minął.")
    if current(application).filter(holder_signed_at__isnull=False).exists():
        raise Refused("Podmiot podpisał umowę w terminie. Teraz podpisuje ją urząd.")
    note, kind = note or "Umowy nie podpisano w terminie.", DocumentKind.REFUSAL
    title, content = letter_pdf(application, kind, number=application.number, reason=note, now=now)
    paper = keep(application=application, code=kind, content=content, name=f"{title}.pdf", actor=actor, now=now)
    moved = advance(
        application_id=application_id, step="unsigned", role=Actor.DIRECTOR, actor=actor, note=note, paper=paper,
        now=now,
    )  # fmt: skip
    tell_applicant(UNSIGNED, moved, key=str(moved.latest.pk), now=now)
    return moved


def current(application):
    """The agreement of the last grant, which may not be made yet."""
    return Agreement.objects.filter(application=application, made_at__gte=application.decided_at)


def _granted(application_id):
    application = locked(application_id)
    if application.state != ApplicationState.GRANTED:
        raise Refused("Ten wniosek nie czeka na podpisanie umowy.")
    return application


def _to_be_signed(application_id, actor, now):
    """The agreement, until the last moment of its deadline; what was signed in time the office may sign later."""
    application = _granted(application_id)
    access.check(actor, Actor.APPLICANT, application)
    if application.due_at and application.due_at <= now:
        raise Refused(
            f"Termin podpisania umowy minął {date_words(_last_day(application))}. Co dalej, rozstrzygnie dyrektor."
        )
    agreement = current(application).select_for_update(of=("self",)).select_related("paper", "signed").first()
    if agreement is None:
        raise Refused("Umowa jest w przygotowaniu. Zajrzyj tu za kilka minut.")
    agreement.application = application
    return agreement


def _signed(agreement, by, actor, now):
    agreement.holder_signed_at, agreement.holder_signed_by, agreement.holder = now, by, actor
    agreement.save()
    desk = settings.SITE_URL + reverse("quality_mark:agreement_desk", args=[agreement.application_id])
    tell_handler(AGREEMENT_SIGNED, agreement.application, key=str(agreement.pk), now=now, link=desk)
    return agreement


def _last_day(application):
    return last_day(application.due_at) if application.due_at else None
