"""„Czy mogę?”: whether an application for an offer can be begun today, why not, and what to do about it."""

from dataclasses import dataclass

from dateutil.relativedelta import relativedelta
from django.db.models import Q

from core.templatetags.portal import date_words
from quality_mark.choices import ApplicationKind, ApplicationState, Standing
from quality_mark.models import Application, Intake, Mark, Rulebook


@dataclass(frozen=True, slots=True)
class Check:
    """`is_met` is None when the portal cannot know; then it stops nobody."""

    title: str
    is_met: bool | None
    why: str
    advice: str = ""


def rules_on(day):
    """The rules that a case begun on this day falls under, or None."""
    return Rulebook.objects.on(day).first()


def intake_on(day):
    return Intake.objects.open_on(day).order_by("closes_on").first()


def checks(offer, *, day, rules, intake):
    """The Checks of one offer, in the order in which they are read. Two queries."""
    organisation = offer.organisation
    return [
        _intake(rules, intake, day),
        kind_check(organisation, rules),
        age_check(organisation, rules, day),
        _offer(offer),
        _free(offer, day),
    ]


def may_begin(found):
    return all(check.is_met is not False for check in found)


def _intake(rules, intake, day):
    if rules is None:
        return Check("Nabór", False, "Zasady przyznawania znaku nie są jeszcze ogłoszone.", "Zajrzyj tu później.")
    if intake is None:
        coming = Intake.objects.filter(announced_at__isnull=False, opens_on__gt=day).order_by("opens_on").first()
        when = (
            f"Następny zaczyna się {date_words(coming.opens_on)}." if coming else "Termin następnego ogłosimy tutaj."
        )
        return Check("Nabór", False, "Teraz nie przyjmujemy wniosków.", when)
    until = f"do {date_words(intake.closes_on)}" if intake.closes_on else "bez terminu końcowego"
    return Check("Nabór", True, f"{intake.name}: wnioski przyjmujemy {until}.")


def kind_check(organisation, rules):
    """The rules name kinds of those that the dictionary lets hold the mark; naming none, they take them all."""
    kind = organisation.kind
    if kind.may_hold_mark and (rules is None or not rules.kinds or kind.pk in rules.kinds):
        return Check("Rodzaj podmiotu", True, f"{kind.label}: jest na liście.")
    return Check(
        "Rodzaj podmiotu",
        False,
        f"{kind.label}: tego rodzaju podmiotu nie ma na liście w zasadach.",
        "Jeśli rodzaj na karcie podmiotu jest błędny, popraw kartę w katalogu.",
    )


def age_check(organisation, rules, day):
    least = rules.least_months if rules else 6
    needed = f"potrzeba co najmniej {least} mies. działalności"
    started = organisation.unit.started_on if organisation.unit else None
    if started:
        is_met = started + relativedelta(months=least) <= day
        why = f"Działa od {date_words(started)}; {needed}."
        return Check("Czas działalności", is_met, why, "" if is_met else "Wniosek można złożyć, gdy minie ten czas.")
    year = organisation.institution.founded_year if organisation.institution else None
    # The last day of that year is the latest on which it can have begun.
    if year and day.replace(month=12, day=31, year=year) + relativedelta(months=least) <= day:
        return Check("Czas działalności", True, f"Działa od {year} roku; {needed}.")
    return Check("Czas działalności", None, f"Pokaże to wyciąg z rejestru: {needed}.")


def _offer(offer):
    if offer.removed_at is None and offer.organisation.published_at:
        return Check("Oferta", True, "Oferta jest w katalogu.")
    return Check(
        "Oferta", False, "Oferty nie ma w katalogu.", "Znak dostaje oferta: dodaj ją najpierw na karcie podmiotu."
    )


def _free(offer, day):
    """By the dates of its mark: whether the night job has written down that it is over changes nothing."""
    mark = Mark.objects.standing_on(day).filter(offer=offer, standing__in=[Standing.VALID, Standing.SUSPENDED]).first()
    if mark:
        return Check(
            "Otwarte sprawy", False, f"Ta oferta ma już znak {mark.number}.", "Znak przedłuża się osobnym wnioskiem."
        )
    # The draft of a renewal goes with its mark: without one it can be sent no more.
    stale = Q(kind=ApplicationKind.RENEWAL, state=ApplicationState.DRAFT)
    running = Application.objects.running().filter(offer=offer).exclude(stale).first()
    if running:
        return Check("Otwarte sprawy", False, f"Dla tej oferty jest już wniosek ({running}).", "Otwórz go w panelu.")
    return Check("Otwarte sprawy", True, "Dla tej oferty nie ma otwartego wniosku.")
