"""Drawing lots: which valid marks of this year's unreviewed ones are looked at."""

import random
from datetime import timedelta

from django.db import connection, transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from accounts.permissions import Action, may
from core.exceptions import Refused
from quality_mark.choices import Standing
from quality_mark.models import Draw, Mark, Review

DOUBLE = timedelta(minutes=1)
# Nobody can foresee or repeat what it draws.
_LOT = random.SystemRandom()


def to_review(today):
    """Valid marks without a review this year."""
    reviewed = Review.objects.filter(mark=OuterRef("pk"), year=today.year)
    return Mark.objects.standing_on(today).filter(~Exists(reviewed), standing=Standing.VALID)


@transaction.atomic
def draw(*, count, actor, now):
    """Draw so many marks, none that was drawn this year already. Refused: nothing is left to be drawn from."""
    if not may(actor, Action.HANDLE_MARK):
        raise Refused("Ten krok należy do kogoś innego.")
    today = timezone.localdate(now)
    # Who draws at once waits, and a double press is one lot.
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE quality_mark_draw IN SHARE ROW EXCLUSIVE MODE")
    pressed = Draw.objects.filter(drawn_by=actor, wanted=count, year=today.year, drawn_at__gt=now - DOUBLE)
    if there := pressed.first():
        return there
    left = to_review(today).exclude(draws__year=today.year).order_by("pk").values_list("pk", flat=True)
    found = list(left)
    if not found:
        raise Refused("Nie ma znaków, z których można losować: każdy ważny jest już po przeglądzie albo wylosowany.")
    one = Draw.objects.create(year=today.year, wanted=count, drawn_by=actor, drawn_at=now)
    one.marks.set(_LOT.sample(found, min(count, len(found))))
    return one
