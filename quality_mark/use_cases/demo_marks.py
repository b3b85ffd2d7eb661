"""Marks for the demo: each badge of its catalogue gets the application, the licence and the certificate behind it."""

from datetime import datetime, time, timedelta

from django.db import transaction
from django.utils import timezone

from quality_mark.choices import Actor, ApplicationState, MarkState, SignedBy
from quality_mark.models import Application, Certificate, Licence, Mark, MarkStep, Rulebook
from quality_mark.use_cases.applying import next_number
from quality_mark.use_cases.recording import record
from quality_mark.use_cases.rulebooks import announce
from registry.models import OfferMark

# What became of the last ones of those that are valid, so that the register has an example of each.
EXAMPLES = {
    "suspend": (MarkState.SUSPENDED, ""),
    "revoke": (MarkState.REVOKED, "Przykład: znak odebrany, bo oferta przestała istnieć."),
}


@transaction.atomic
def seed_marks(*, seed, now):
    """For core.demo.provide."""
    rules = Rulebook.objects.announced().order_by("version").first() or Rulebook.objects.order_by("version").first()
    if rules is None:
        return "Znaki: zasady nie są wczytane."
    announce(rulebook_id=rules.pk, now=now)
    known = Mark.objects.values("number")
    badges = OfferMark.objects.filter(offer__organisation__kind__may_hold_mark=True).exclude(number__in=known)
    today = timezone.localdate(now)
    made = [_mark(one, rules, today) for one in badges.select_related(*_READ).order_by("granted_on", "pk")]
    valid = [mark for mark in made if mark.state == MarkState.ACTIVE]
    if len(valid) > 2 * len(EXAMPLES):
        for mark, (step, (state, note)) in zip(valid[-len(EXAMPLES) :], EXAMPLES.items(), strict=True):
            _moved(mark, step, state, now - timedelta(days=1))
            Mark.objects.filter(pk=mark.pk).update(public_note=note)
            if state == MarkState.SUSPENDED:
                mark.suspensions.create(
                    reason="Przykład: sprawdzamy, na czym jest znak.",
                    since=now - timedelta(days=1),
                    hearing_until=now + timedelta(days=13),
                    ends_by=now + timedelta(days=59),
                )
            record(mark.pk, now=now)
    return f"Znaki: {len(made)}."


_READ = ("offer__category", "offer__organisation__institution", "offer__organisation__unit")


def _mark(badge, rules, today):
    begins, organisation = badge.granted_on, badge.offer.organisation
    at = timezone.make_aware(datetime.combine(begins, time(10)))
    number = next_number(begins.year)
    application = Application.objects.create(
        state=ApplicationState.ACTIVE,
        number=number,
        offer=badge.offer,
        rulebook=rules,
        started_at=at - timedelta(days=60),
        saved_at=at - timedelta(days=50),
        submitted_at=at - timedelta(days=50),
        complete_at=at - timedelta(days=40),
        decided_at=at,
        applicant={"name": organisation.party.name, "nip": organisation.institution.nip},
        offer_facts={"name": badge.offer.name, "category": str(badge.offer.category or "")},
    )
    mark = Mark.objects.create(number=number, offer=badge.offer, since=begins, valid_until=badge.valid_until)
    licence = Licence.objects.create(
        mark=mark,
        application=application,
        granted_on=begins,
        valid_until=badge.valid_until,
        holder_signed_on=begins - timedelta(days=3),
        office_signed_on=begins,
        holder_signed_by=SignedBy.SCAN,
    )
    Certificate.objects.create(licence=licence, asked_at=at)
    OfferMark.objects.filter(pk=badge.pk).update(number=number)
    if badge.valid_until < today:
        ends = datetime.combine(badge.valid_until + timedelta(days=1), time(0, 1))
        _moved(mark, "expire", MarkState.EXPIRED, timezone.make_aware(ends))
    return mark


def _moved(mark, step, state, at):
    role = Actor.TIME if step == "expire" else Actor.DIRECTOR
    MarkStep.objects.create(mark=mark, name=step, source=mark.state, target=state, role=role, at=at)
    mark.state, mark.since = state, timezone.localdate(at)
    mark.save(update_fields=["state", "since"])
