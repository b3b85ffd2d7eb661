"""Changing the dated rules of confirmation: what has begun stays as it was."""

from django.db import IntegrityError, transaction
from django.utils import timezone

from core.exceptions import Refused
from core.refusals import refusal_words
from registry.models import FreshnessRule

VALUES = (
    "ask_after_months",
    "first_reminder_days",
    "second_reminder_days",
    "silence_days",
    "inactive_after_months",
    "note",
)


@transaction.atomic
def change_rules(*, valid_from, values, actor, now):
    """From this day on, tomorrow at the earliest, `values` (names in VALUES) hold; returns the new row.

    Refused when a change is planned for that day or later already.
    """
    if valid_from <= timezone.localdate(now):
        raise Refused("Nowe zasady mogą obowiązywać najwcześniej od jutra.", field="valid_from")
    last = FreshnessRule.objects.select_for_update(of=("self",)).order_by("-valid_from").first()
    if last.valid_from >= valid_from:
        raise Refused(f"Od {last.valid_from:%d.%m.%Y} zaplanowano już inne zasady.", field="valid_from")
    last.valid_until = valid_from
    last.save(update_fields=["valid_until"])
    row = FreshnessRule(valid_from=valid_from, changed_by=actor, **{name: values[name] for name in VALUES})
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as error:
        raise Refused(refusal_words(error)) from error
    return row
