"""What visitors say is wrong in a card, and what coordinators do about it."""

import re
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from accounts.choices import Role
from accounts.models import RoleGrant
from core import links
from core.exceptions import Refused
from notifications.outbox import enqueue
from registry.choices import ReportOutcome, ReportStepName, Suspicion
from registry.letters import ERROR_ANSWERED, ERROR_FORWARDED, ERROR_REPORTED
from registry.models import ErrorReport, Offer, Organisation, ReportStep

# The purpose of links at which the state of a report is seen.
REPORT = "error-report"
_LINK = re.compile(r"https?://([^\s/?#\"'<>)\]]+)|<a\s|\[(?:url|link)", re.IGNORECASE)


@transaction.atomic
def report_error(*, organisation_id, message, email="", subject="", offer_id=None, suspicion="", by_letter=False, now):
    """Store a report, tell the coordinators by letter when it is the card's only waiting one, and return it.

    What is suspected (`suspicion`, or links to foreign pages in it) lies apart and nobody is written to; not what was
    said by a link of our own letter, where a new web address is what we asked for. Refused when the card is not public
    or nothing was said. The letter holds no address of whoever reports.
    """
    message = message.strip()
    if not message:
        raise Refused("Napisz, co się nie zgadza.", field="message")
    organisation = Organisation.objects.published().with_party().filter(pk=organisation_id).first()
    if organisation is None:
        raise Refused("Tej karty już nie ma w katalogu.")
    offer = offer_id and Offer.objects.living().filter(pk=offer_id, organisation=organisation).first()
    if not suspicion and not by_letter and _links_elsewhere(message, organisation.party):
        suspicion = Suspicion.LINKS
    alone = not ErrorReport.objects.waiting().filter(organisation=organisation).exists()
    report = ErrorReport.objects.create(
        organisation=organisation,
        offer=offer or None,
        subject=subject,
        message=message[:2000],
        email=email,
        suspicion=suspicion,
    )
    if not suspicion and alone:
        _tell_coordinators(report, now)
    return report


@transaction.atomic
def take_report(*, report_id, actor, now):
    """Somebody takes it on; taking it over from another is allowed, and told in its history."""
    report = _locked(report_id)
    _refuse_settled(report)
    if report.assigned_to_id != actor.pk:
        report.assigned_to = actor
        report.save(update_fields=["assigned_to"])
        _note(report, ReportStepName.TAKEN, actor, now)
    return report


@transaction.atomic
def put_back_report(*, report_id, actor, now):
    """Nobody has it any more: it waits for whoever comes first."""
    report = _locked(report_id)
    _refuse_settled(report)
    if report.assigned_to_id:
        report.assigned_to = None
        report.save(update_fields=["assigned_to"])
        _note(report, ReportStepName.PUT_BACK, actor, now)
    return report


@transaction.atomic
def clear_report(*, report_id, actor, now):
    """A suspected report is a true one and joins the queue."""
    report = _locked(report_id)
    _refuse_settled(report)
    if report.suspicion:
        report.suspicion = ""
        report.save(update_fields=["suspicion"])
        _note(report, ReportStepName.CLEARED, actor, now)
    return report


@transaction.atomic
def settle_report(
    *, report_id, settlement, now, outcome=ReportOutcome.DONE, answer="", with_others=False, tell=False, actor=None
):
    """Close a report with a sentence for the record. Settling again only corrects the sentence and the outcome.

    `answer` goes by letter to the address that was given; once written it stays as it is. `with_others` closes all
    that wait for the same card alike. `tell`: people of the organisation get what was reported, without whom it is
    from. Refused: no sentence; an answer without an address; an answer written a second time.
    """
    settlement = settlement.strip()
    if not settlement:
        raise Refused("Napisz, jak załatwiono zgłoszenie.", field="settlement")
    report = _locked(report_id)
    answer = answer.strip()
    if answer and not report.email and not with_others:
        raise Refused("Zgłaszający nie podał adresu, więc nie ma komu odpowiedzieć.", field="answer")
    if answer and report.answer and answer != report.answer:
        raise Refused("Odpowiedź już wysłano; nie da się jej zmienić.", field="answer")
    others = _others(report) if with_others else []
    for one in (report, *others):
        _settle(one, settlement[:300], outcome, answer, actor, now)
    if tell:
        _forward(report, actor, now)
    return report


def _settle(report, settlement, outcome, answer, actor, now):
    was_open, is_new_answer = report.settled_at is None, bool(answer and report.email and not report.answer)
    report.settlement, report.outcome, report.settled_at = settlement, outcome, report.settled_at or now
    if is_new_answer:
        report.answer = answer[:2000]
    report.save(update_fields=["settlement", "outcome", "settled_at", "answer"])
    if is_new_answer:
        _answer(report, now)
        _note(report, ReportStepName.ANSWERED, actor, now)
    if was_open:
        _note(report, ReportStepName.CLOSED, actor, now, f"{report.get_outcome_display()}: {settlement}")


def others_of(report):
    """What else waits for the same card, the oldest first."""
    return ErrorReport.objects.waiting().filter(organisation=report.organisation_id).exclude(pk=report.pk)


def _others(report):
    rows = others_of(report).select_for_update(of=("self",)).select_related("organisation__institution")
    return list(rows.select_related("organisation__institution", "organisation__unit").order_by("pk"))


def _locked(report_id):
    rows = ErrorReport.objects.with_party().select_for_update(of=("self",))
    report = rows.filter(pk=report_id).first()
    if report is None:
        raise Refused("Tego zgłoszenia już nie ma.")
    return report


def _refuse_settled(report):
    if report.settled_at:
        raise Refused("To zgłoszenie jest już załatwione.")


def _note(report, name, actor, now, words=""):
    ReportStep.objects.create(report=report, name=name, actor=actor, at=now, words=words[:300])


def _links_elsewhere(message, party):
    """Whether it leads to pages that are neither ours nor those of the organisation itself."""
    own = {_host(settings.SITE_URL), _host(party.www)}
    return any(not host or _host(f"//{host}") not in own for host in _LINK.findall(message))


def _host(address):
    try:
        return (urlsplit(address).hostname or "").removeprefix("www.")
    except ValueError:  # as "http://[": nobody's page
        return ""


def _tell_coordinators(report, now):
    for one in RoleGrant.objects.held_by_active(Role.COORDINATOR, timezone.localdate(now)):
        enqueue(
            to=one.user.email,
            user=one.user,
            template=ERROR_REPORTED,
            context={
                "name": str(report.organisation),
                "message": report.message,
                "link": settings.SITE_URL + reverse("admin:registry_errorreport_change", args=[report.pk]),
            },
            dedupe_key=f"{ERROR_REPORTED}:{report.pk}:{one.user_id}",
            now=now,
        )


def _answer(report, now):
    enqueue(
        to=report.email,
        template=ERROR_ANSWERED,
        context={
            "name": str(report.organisation),
            "message": report.message,
            "answer": report.answer,
            "link": settings.SITE_URL + reverse("registry:report_state", args=[links.token(REPORT, report)]),
        },
        dedupe_key=f"{ERROR_ANSWERED}:{report.pk}",
        now=now,
    )


def _forward(report, actor, now):
    today, told = timezone.localdate(now), 0
    grants = RoleGrant.objects.held_by_active(Role.REPRESENTATIVE, today).filter(organisation=report.organisation_id)
    for grant in grants:
        told += 1
        enqueue(
            to=grant.user.email,
            user=grant.user,
            template=ERROR_FORWARDED,
            context={
                "name": str(report.organisation),
                "message": report.message,
                "link": settings.SITE_URL + report.organisation.get_absolute_url(),
            },
            dedupe_key=f"{ERROR_FORWARDED}:{report.pk}:{grant.user_id}",
            now=now,
        )
    if not told:
        raise Refused("Nikt nie działa w portalu w imieniu tego podmiotu; zadzwoń albo napisz do niego.", field="tell")
    _note(report, ReportStepName.FORWARDED, actor, now, f"listów: {told}")
