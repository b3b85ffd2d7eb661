"""A renewal: begun from what was said the last time, so that only changes are to be explained."""

from datetime import timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from core.exceptions import Refused
from core.templatetags.portal import date_words
from quality_mark import access
from quality_mark.applying import steps
from quality_mark.applying.eligibility import rules_on
from quality_mark.choices import Actor, ApplicationKind, ApplicationState, MarkState, Standing
from quality_mark.models import Application, Mark
from quality_mark.register.standing import on_day

OPEN_DAYS = 60


def rules_of(mark):
    """The rules under which the mark was last licensed; reads `licences` with their applications' rulebooks."""
    licences = list(mark.licences.all())
    return licences[-1].application.rulebook if licences else None


def opens_on(mark):
    """The first day on which a renewal may be begun: that of the earliest reminder."""
    rules = rules_of(mark)
    days = max(rules.reminder_days, default=OPEN_DAYS) if rules else OPEN_DAYS
    return mark.valid_until - timedelta(days=days)


def is_over(mark, today):
    """Whether it has ended for good, by its dates and not by whether the night job has been there."""
    return mark.state in (MarkState.EXPIRED, MarkState.REVOKED) or on_day(mark, today).status == Standing.EXPIRED


def why_not(mark, today):
    """Why a renewal cannot be begun today, in words, or an empty text."""
    offer = mark.offer
    if mark.state == MarkState.EXPIRED or (mark.state != MarkState.REVOKED and mark.valid_until < today):
        return "Znak już wygasł. Złóż nowy wniosek o przyznanie znaku."
    if mark.state not in (MarkState.ACTIVE, MarkState.RENEWAL_OPEN):
        return f"Tego znaku nie można teraz przedłużyć: jest {mark.get_state_display()}."
    if opens_on(mark) > today:
        return f"Wniosek o przedłużenie można zacząć od {date_words(opens_on(mark))}."
    if offer.removed_at or not offer.organisation.published_at:
        return "Oferty, która ma ten znak, nie ma już w katalogu."
    if rules_on(today) is None:
        return "Zasady przyznawania znaku nie są jeszcze ogłoszone."
    return ""


@transaction.atomic
def begin(*, mark_id, actor, now):
    """The draft of a renewal: a new one, or the one that is there. Refused with the reason."""
    rows = Mark.objects.select_for_update(of=("self",)).select_related(
        "offer__organisation__institution", "offer__organisation__unit"
    )
    mark = rows.prefetch_related("licences__application__rulebook").get(pk=mark_id)
    access.check(actor, Actor.APPLICANT, mark)
    if draft := mark.renewals.filter(state=ApplicationState.DRAFT).first():
        return draft
    today = timezone.localdate(now)
    if refusal := why_not(mark, today):
        raise Refused(refusal)
    answers = _carried(list(mark.licences.all())[-1:], today)
    try:
        with transaction.atomic():
            return Application.objects.create(
                kind=ApplicationKind.RENEWAL,
                mark=mark,
                offer=mark.offer,
                rulebook=rules_on(today),
                answers=answers,
                revisions=dict.fromkeys(answers, 1),
                started_by=actor,
                started_at=now,
                saved_at=now,
            )
    except IntegrityError as error:
        raise Refused("Dla tej oferty jest już otwarty wniosek.") from error


def _carried(licences, today):
    """What was said the last time, but the declarations; figures move back when a newer period has ended since."""
    if not licences:
        return {}
    old = licences[0].application.answers
    kept = {step: typed for step, typed in old.items() if step not in (steps.DECLARATIONS, steps.CHANGES)}
    money = kept.get(steps.MONEY)
    if money and str(money.get("year1", "")).strip() != str(today.year - 1):
        moved = {
            f"{name}{number + 1}": money.get(f"{name}{number}", "")
            for name in ("year", "total", "own")
            for number in (1, 2)
        }
        kept[steps.MONEY] = money | moved | {"year1": str(today.year - 1), "total1": "", "own1": ""}
    return kept
