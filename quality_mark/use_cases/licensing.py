"""The second signature under an agreement: from its day on the mark is valid, and a certificate is on its way."""

from celery import current_app
from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from core.exceptions import Refused
from quality_mark import access
from quality_mark.choices import Actor, ApplicationKind, MarkState
from quality_mark.letters_of_agreements import LICENSED
from quality_mark.models import Certificate, Licence, Mark
from quality_mark.register.chaining import begins_on, ends_on
from quality_mark.use_cases.agreements import current
from quality_mark.use_cases.moving import ONE_LIVING, advance, advance_mark, locked
from quality_mark.use_cases.recording import record
from quality_mark.use_cases.telling import tell_applicant

# By its name, because rules know no tasks.
TASK = "quality_mark.tasks.signing.make_certificates"


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
    agreement = current(application).select_for_update().first()
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
        valid_until=ends_on(begins, application.rulebook.licence_months),
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
    page = settings.SITE_URL + reverse("quality_mark:own_mark", args=[mark.pk])
    tell_applicant(LICENSED, application, key=str(licence.pk), now=now, until=licence.valid_until, link=page)
    transaction.on_commit(lambda: current_app.signature(TASK).delay(), robust=True)
    return licence


def _mark_of(application, today):
    """The mark that is licensed: of a renewal its own, else a new one under the number of the application."""
    if application.kind == ApplicationKind.FIRST:
        # One that was taken away may have come back after a complaint.
        if Mark.objects.living().filter(offer=application.offer).exists():
            raise Refused(ONE_LIVING)
        return Mark.objects.create(number=application.number, offer=application.offer, since=today, valid_until=today)
    mark = Mark.objects.select_for_update(of=("self",)).get(pk=application.mark_id)
    if mark.state in (MarkState.SUSPENDED, MarkState.REVOKED):
        raise Refused("Znak jest zawieszony albo odebrany. Najpierw trzeba to rozstrzygnąć.")
    return mark
