"""What a person who took their time sends from a public form."""

from datetime import timedelta

from django.utils import timezone

from core.antispam import STAMP, stamp


def in_time(purpose, given, *, after=timedelta(minutes=1)):
    """`given` with the signed time of a form of this purpose that was shown `after` ago."""
    return given | {STAMP: stamp(purpose, timezone.now() - after)}
