"""Votes of the commission as arithmetic: what is cast, whether there is a quorum, what the votes say."""

from django.db.models import TextChoices

from quality_mark.choices import Tie


class Choice(TextChoices):
    FOR = "za", "za"
    AGAINST = "przeciw", "przeciw"
    ABSTAIN = "wstrzymuje", "wstrzymuję się"


class Result(TextChoices):
    """What a closed vote says. Only the first two are recommendations."""

    YES = "tak", "rekomendacja przyznania znaku"
    NO = "nie", "bez rekomendacji"
    AGAIN = "ponownie", "równa liczba głosów, trzeba głosować ponownie"
    NO_QUORUM = "bez-kworum", "nie było kworum"
    MOOT = "bezprzedmiotowe", "sprawa nie jest już w Kapitule"
    LOST = "nie-do-odczytania", "głosów nie da się odczytać, trzeba głosować ponownie"

    @classmethod
    def final(cls):
        return [cls.YES, cls.NO]


# What a vote on taking a mark away says: an opinion, by which the director is not bound.
OPINIONS = {Result.YES: "Kapituła jest za odebraniem znaku", Result.NO: "Kapituła jest przeciw odebraniu znaku"}


def has_quorum(present, seats, share):
    """`share` percent of all seats, also of those who are away or recused."""
    return present > 0 and present * 100 >= share * seats


def outcome(votes_for, votes_against, *, majority, tie, chair=""):
    """The Result of votes with a quorum; `chair` is what the chair cast, empty when nobody can know.

    Those who abstain are counted on neither side. A rule that lets less than half suffice knows no tie.
    """
    if votes_for * 100 > majority * (votes_for + votes_against):
        return Result.YES
    if votes_for != votes_against or majority > 50 or tie == Tie.REFUSES:
        return Result.NO
    if tie == Tie.AGAIN or not chair:
        return Result.AGAIN
    return Result.YES if chair == Choice.FOR else Result.NO
