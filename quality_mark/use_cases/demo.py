"""What the demo needs to show the mark: rules that are announced, and an intake that is open."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from quality_mark.models import Intake, Rulebook
from quality_mark.use_cases.demo_people import DAYS
from quality_mark.use_cases.rulebooks import announce


@transaction.atomic
def seed_mark(*, seed, now):
    """For core.demo.provide."""
    rules = Rulebook.objects.order_by("version").first()
    if rules is None:
        return "Znak: zasady nie są wczytane."
    day = timezone.localdate(now)
    if rules.published_at is None:
        # Cases of the demo begin up to a year ago, under these rules.
        rules.valid_from = day - timedelta(days=DAYS)
        rules.save(update_fields=["valid_from"])
    announce(rulebook_id=rules.pk, now=now)
    _, is_new = Intake.objects.get_or_create(
        name="Nabór pokazowy", defaults={"opens_on": day - timedelta(days=DAYS), "announced_at": now}
    )
    return f"Znak: zasady w wersji {rules.version} i nabór {'otwarty' if is_new else 'już był otwarty'}."
