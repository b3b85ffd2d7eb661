"""The life of some invented cards: reports of errors in each state, a lost status, terms that end, a closed card, an
old address. Told from the order of the invented organisations, so that the same seed gives the same rows."""

from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from accounts.choices import Role
from accounts.models import User
from core.exceptions import Refused
from registry.choices import ReportOutcome, Suspicion, Verifier
from registry.models import ErrorReport, Organisation, SocialEnterpriseStatus, StatusReport, Unit
from registry.terms import Terms, months_after
from registry.use_cases import catalogue, closing, renaming, reports, status_reports, statuses

REPORTS = (
    ("telefon", "Pod tym numerem zgłasza się sklep, nie spółdzielnia.", "wojt@gmina.example", ""),
    ("telefon", "Telefon nie odpowiada od miesiąca.", "", ""),
    ("nie-dziala", "Przeszedłem obok: lokal jest zamknięty, na drzwiach kartka o likwidacji.", "", ""),
    ("inne", "Tanie kredyty bez BIK: https://kredyty.example/", "", Suspicion.LINKS),
)


@transaction.atomic
def seed_life(*, seed, now):
    """Invent the rows once; a second time changes nothing."""
    cards = Organisation.objects.published().filter(institution__nip__startswith="000").order_by("pk")
    own = list(cards.filter(unit__isnull=True).select_related("institution")[:12])
    if len(own) < 12 or ErrorReport.objects.filter(organisation__in=own).exists():
        return "Losy kart: nic nowego."
    actor = User.objects.filter(grants__role=Role.COORDINATOR, email__endswith="@demo.example").order_by("pk").first()
    _reports(own, actor, now)
    _statuses(own, actor, now)
    _units(cards.filter(unit__isnull=False), now)
    closed = _end(own[9:], actor, now)
    status_reports.draw_up(now=now)
    _sent(actor, now)
    return f"Losy kart: {ErrorReport.objects.count()} zgłoszeń, {closed} zamknięta karta, terminy PS i CIS."


def _reports(own, actor, now):
    for days, (subject, message, email, suspicion) in enumerate(REPORTS):
        report = reports.report_error(
            organisation_id=own[1].pk if days < 2 else own[days].pk,
            message=message,
            email=email,
            subject=subject,
            suspicion=suspicion,
            now=now,
        )
        ErrorReport.objects.filter(pk=report.pk).update(created_at=now - timedelta(days=9 - 2 * days))
    for number, (outcome, words) in enumerate(
        ((None, ""), (ReportOutcome.DONE, "Poprawiono adres."), (ReportOutcome.NOT_AN_ERROR, "Numer się zgadza."))
    ):
        report = reports.report_error(
            organisation_id=own[4 + number].pk,
            message="Coś się tu nie zgadza z ulotką.",
            email="ola@poczta.example",
            now=now,
        )
        reports.take_report(report_id=report.pk, actor=actor, now=now)
        if outcome:
            answer = f"Dziękujemy za zgłoszenie. {words}"
            reports.settle_report(
                report_id=report.pk, settlement=words, outcome=outcome, answer=answer, actor=actor, now=now
            )


def _statuses(own, actor, now):
    """One lost for good, one granted anew within the bar."""
    today = timezone.localdate(now)
    lost_on = months_after(today, -5)
    for number, card in enumerate(own[7:9]):
        SocialEnterpriseStatus.objects.filter(institution=card.institution).delete()
        status, _ = statuses.grant_status(
            institution_id=card.institution_id,
            granted_on=months_after(today, -30),
            decision_number=f"PRZYKŁAD/LOS/{number + 1}",
            authority="Wojewoda Dolnośląski",
            goal="reintegracja",
            actor=actor,
            now=now,
        )
        statuses.lose_status(
            status_id=status.pk,
            lost_on=lost_on,
            reason="mniej niż trzy osoby zatrudnione na umowę o pracę",
            final_on=lost_on + timedelta(days=30),
            actor=actor,
            now=now,
        )
    statuses.grant_status(
        institution_id=own[8].institution_id, granted_on=months_after(today, -1), actor=actor, now=now
    )


def _units(cards, now):
    """Statuses of units that began five years ago end about now; one has ended already."""
    today, terms = timezone.localdate(now), Terms()
    ends = [months_after(today, 5), months_after(today, 2), months_after(today, -1)]
    of_cis = list(cards.filter(kind="cis")[:3])
    for card, end in zip(of_cis, ends, strict=False):
        began = months_after(end, -60)
        Unit.objects.filter(pk=card.unit_id).update(started_on=began, expires_on=terms.cis_until(began) or end)
    catalogue.refresh([card.pk for card in of_cis], now=now)


def _end(cards, actor, now):
    """One card has another address now, and one organisation has ended its work."""
    renamed, closed, *_ = cards
    renaming.rename(organisation_id=renamed.pk, slug=f"{renamed.slug[:90]}-nowa", actor=actor, now=now)
    try:
        closing.close(
            organisation_id=closed.pk,
            on=timezone.localdate(now) - timedelta(days=40),
            reason="uchwała o likwidacji",
            actor=actor,
            now=now,
        )
    except Refused:  # it holds a mark
        return 0
    return 1


def _sent(actor, now):
    """Two of three have sent their report."""
    day = min(timezone.localdate(now), date(timezone.localdate(now).year, 3, 20))
    for number, report in enumerate(StatusReport.objects.owed().order_by("pk")):
        if number % 3:
            status_reports.note_report(
                report_id=report.pk, sent_on=day, noted_as=Verifier.COORDINATOR, actor=actor, now=now
            )
