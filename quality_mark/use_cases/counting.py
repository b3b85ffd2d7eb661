"""How a vote is counted, and who is still waited for."""

from django.db.models import Count, Q
from django.utils import timezone

from core.templatetags.portal import moment_words, plural
from quality_mark.choices import ApplicationState, MarkState, Tie
from quality_mark.commission import seats
from quality_mark.use_cases import ballot_box
from quality_mark.voting import Choice, Result, has_quorum, outcome

FIELDS = {Choice.FOR: "votes_for", Choice.AGAINST: "votes_against", Choice.ABSTAIN: "votes_abstain"}


def is_here(item):
    """Whether the commission has this matter: an application, or a mark of which it is asked."""
    if item.mark_id is None:
        return item.application.state == ApplicationState.COMMISSION
    open_rows = item.mark.suspensions.filter(ended_at=None, opinion_asked_at__isnull=False)
    return item.mark.state == MarkState.SUSPENDED and open_rows.exists()


def waited_for(vote, item, now):
    """How many who may vote have not yet: those in the room, from afar every seat, without the recused."""
    recused = set(item.recusals.values_list("member", flat=True))
    if item.sitting.is_remote:
        members = seats.members(item.sitting.term_id, timezone.localdate(now)).filter(is_substitute=False)
        there = set(members.values_list("pk", flat=True)) - recused
    else:
        there = set(item.sitting.presences.exclude(member__in=recused).values_list("seat", flat=True))
    return len(there - set(vote.ballots.values_list("seat", flat=True)))


def early_words(missing, is_secret):
    words = f"Nie oddano jeszcze: {missing} {plural(missing, 'głosu,głosów,głosów')}."
    return f"{words} Suma niewielu głosów może zdradzić, kto jak głosował." if is_secret else words


def window_words(vote, item, now):
    """Why nobody closes this vote from afar yet: its members were told until when they may vote. Empty when the time
    is over, when all have voted, and when the case is gone."""
    lasts = item.sitting.is_remote and vote.closes_at and now < vote.closes_at
    if not lasts or not is_here(item) or not waited_for(vote, item, now):
        return ""
    return (
        f"Głosowanie zdalne trwa do {moment_words(vote.closes_at)}. Wcześniej można je zamknąć, gdy zagłosują wszyscy."
    )


def count(vote):
    """Whether it could be counted: an open vote by its ballots, a secret one by its box, which is then gone."""
    if vote.is_secret:
        found = ballot_box.counted(vote)
        for choice, name in FIELDS.items():
            setattr(vote, name, found[choice] if found else 0)
        return found is not None
    sums = vote.ballots.aggregate(**{name: Count("pk", filter=Q(choice=choice)) for choice, name in FIELDS.items()})
    for name, count in sums.items():
        setattr(vote, name, count)
    return True


def present(vote, item):
    """How many seats took part: those who voted and, in the room, those who were there and may vote."""
    there = set(vote.ballots.values_list("seat", flat=True))
    if not item.sitting.is_remote:
        recused = item.recusals.values("member")
        there |= set(item.sitting.presences.exclude(member__in=recused).values_list("seat", flat=True))
    return len(there)


def result_of(vote, item):
    rules = item.application.rulebook
    if not is_here(item):
        return Result.MOOT
    # In secret, whoever cast nothing is not there: sums of fewer than a quorum would say whose they are.
    there = vote.ballots.count() if vote.is_secret else vote.present
    if not has_quorum(there, vote.seats, rules.quorum_share):
        return Result.NO_QUORUM
    chair = vote.ballots.filter(voter__is_chair=True).first()
    # An open vote in which the chair took no side leaves a tie as it is: no recommendation.
    said = "" if vote.is_secret else (chair.choice if chair else Choice.ABSTAIN)
    return outcome(vote.votes_for, vote.votes_against, majority=rules.majority_share, tie=Tie(rules.tie), chair=said)
