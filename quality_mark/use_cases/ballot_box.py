"""The sealed sums of a secret vote. Called by the verbs of voting, on the vote that they have locked."""

from cryptography.fernet import InvalidToken

from core.exceptions import Refused
from quality_mark.models import BallotBox
from quality_mark.voting import Choice

LOST = "Urny tego głosowania nie da się otworzyć. Trzeba je zamknąć i głosować ponownie."


def begin(vote):
    BallotBox.objects.create(vote=vote, sums=_written(dict.fromkeys(Choice, 0)))


def drop(vote, choice):
    """Add one. Refused when the key with which the box was sealed is gone."""
    sums = _read(vote)
    if sums is None:
        raise Refused(LOST)
    sums[choice] += 1
    BallotBox.objects.filter(vote=vote).update(sums=_written(sums))


def counted(vote):
    """{Choice: how many}, and the box is gone; None when nobody can open it."""
    sums = _read(vote)
    BallotBox.objects.filter(vote=vote).delete()
    return sums


def _read(vote):
    try:
        text = BallotBox.objects.values_list("sums", flat=True).get(vote=vote)
    except (InvalidToken, BallotBox.DoesNotExist):
        return None
    return {choice: int(one) for choice, one in zip(Choice, text.split(), strict=True)}


def _written(sums):
    """Always as long: what is sealed must not tell by its length either."""
    return " ".join(f"{sums[choice]:05}" for choice in Choice)
