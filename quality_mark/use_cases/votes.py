"""Verbs of voting: opening, casting, closing by hand or by the clock."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from core.exceptions import Refused
from quality_mark import access
from quality_mark.commission import seats
from quality_mark.models import Ballot, Presence, Recusal, Vote
from quality_mark.use_cases import ballot_box, counting
from quality_mark.use_cases.by_turns import each
from quality_mark.use_cases.commission import check_runs, decided, locked_item
from quality_mark.use_cases.telling_members import tell_of_vote
from quality_mark.voting import Choice, Result

NOT_HERE = {False: "Ten wniosek nie jest już w Kapitule.", True: "Ten znak nie jest już zawieszony."}


@transaction.atomic
def open_vote(*, item_id, is_secret=None, actor, now):
    """Begin a vote on a case; on a remote sitting with the window of the rules. A double press opens one. Refused:
    decided already, the sitting was not called, nobody sits in the commission."""
    item = locked_item(item_id)
    _check(actor, item, now)
    rules, sitting = item.application.rulebook, item.sitting
    if there := item.votes.filter(closed_at=None).first():
        return there
    if not counting.is_here(item):
        raise Refused(NOT_HERE[item.mark_id is not None])
    if decided(item):
        raise Refused("Nad tą sprawą już głosowano.")
    if sitting.called_at is None:
        raise Refused("Najpierw zwołaj posiedzenie.")
    _check_term(sitting, now)
    count = seats.seats(sitting.term_id, timezone.localdate(now))
    if not count:
        raise Refused("Kapituła nie ma jeszcze członków.")
    begins = max(now, sitting.starts_at) if sitting.is_remote else now
    _recuse_known(item, now)
    vote = item.votes.create(
        number=item.votes.count() + 1,
        is_secret=rules.votes_secretly if is_secret is None else is_secret,
        seats=count,
        opens_at=begins,
        closes_at=begins + timedelta(hours=rules.remote_hours) if sitting.is_remote else None,
    )
    if vote.is_secret:
        ballot_box.begin(vote)
    if sitting.is_remote:
        tell_of_vote(vote, item, now=now)
    return vote


@transaction.atomic
def cast(*, vote_id, choice, actor, now):
    """One ballot of one seat; a second press changes nothing. Refused: closed, not a member (any more), recused,
    absent, the seat has voted. Of a secret vote nothing is written that ties the person to what they chose."""
    if choice not in Choice.values:
        raise Refused("Wybierz, jak głosujesz.", field="choice")
    vote = (
        Vote.objects.select_for_update(of=("self",))
        .select_related("item__sitting", "item__application__rulebook")
        .get(pk=vote_id)
    )
    member = seats.membership(actor, vote.item.sitting.term_id, timezone.localdate(now))
    if member is None:
        raise Refused(seats.LEFT)
    _check_term(vote.item.sitting, now)
    if Ballot.objects.filter(vote=vote, voter=member).exists():
        return vote
    if vote.closed_at or (vote.closes_at and now >= vote.closes_at):
        raise Refused("To głosowanie jest już zamknięte.")
    if now < vote.opens_at:
        raise Refused("To głosowanie jeszcze się nie zaczęło.")
    if not counting.is_here(vote.item):
        raise Refused(NOT_HERE[vote.item.mark_id is not None])
    _refuse_recused(vote.item, member, actor)
    seat = _seat(vote, member)
    if Ballot.objects.filter(vote=vote, seat=seat).exists():
        raise Refused("Z tego miejsca już zagłosowano.")
    if Ballot.objects.filter(vote=vote).count() >= vote.seats:
        raise Refused("Oddano już tyle głosów, ile miejsc miała Kapituła, gdy zaczęto głosować.")
    named = {} if vote.is_secret else {"choice": choice, "at": now}
    Ballot.objects.create(vote=vote, seat_id=seat, voter=member, **named)
    if vote.is_secret:
        ballot_box.drop(vote, Choice(choice))
    return vote


@transaction.atomic
def close(*, vote_id, anyway=False, actor=None, now):
    """Close the vote and count. Without an `actor` the clock closes it, when its window is over. A second press
    changes nothing. Refused: a secret vote for which somebody is still waited, unless they close it `anyway`; one
    from afar within its window, as long as somebody is waited for."""
    item = locked_item(Vote.objects.values_list("item", flat=True).get(pk=vote_id))
    vote = Vote.objects.select_for_update().get(pk=vote_id)
    if vote.closed_at:
        return vote
    if actor is not None:
        _check(actor, item, now)
        if lasts := counting.window_words(vote, item, now):
            raise Refused(lasts)
        if vote.is_secret and not anyway and (missing := counting.waited_for(vote, item, now)):
            raise Refused(f"{counting.early_words(missing, True)} Potwierdź, że mimo to zamykasz.", field="anyway")
    elif vote.closes_at is None or now < vote.closes_at:
        raise Refused("Głosowanie jeszcze trwa.")
    is_counted = counting.count(vote)
    vote.item, vote.closed_at, vote.present = item, now, counting.present(vote, item)
    vote.result = counting.result_of(vote, item) if is_counted else Result.LOST
    if vote.is_secret and vote.result in (Result.NO_QUORUM, Result.MOOT):
        # Nothing was decided, and the sums of very few ballots would say whose they are.
        vote.votes_for = vote.votes_against = vote.votes_abstain = 0
    vote.save(update_fields=["votes_for", "votes_against", "votes_abstain", "closed_at", "present", "result"])
    return vote


def close_windows(*, now):
    """Close every remote vote whose window is over. Returns how many."""
    over = Vote.objects.filter(closed_at=None, closes_at__lte=now, item__sitting__signed_at=None)
    return len(each(list(over.values_list("pk", flat=True)), lambda pk: close(vote_id=pk, now=now)))


def _check(actor, item, now):
    """Whoever runs the sitting, but not in a case of their own."""
    check_runs(actor, item.sitting, now)
    if access.is_own(actor, item.application.offer.organisation):
        raise Refused(access.OWN)


def _check_term(sitting, now):
    """Who sat in a commission whose time is over may sign its minutes, and vote no more."""
    last = sitting.term.ends_on
    if last and last < timezone.localdate(now):
        raise Refused(f"Kadencja, na którą zwołano to posiedzenie, skończyła się {last:%d.%m.%Y}.")


def _recuse_known(item, now):
    """Write down whom the portal itself keeps out."""
    for member in seats.members(item.sitting.term_id, timezone.localdate(now)).exclude(person=None):
        if why := seats.bar(member.person, item.application):
            Recusal.objects.get_or_create(
                item=item, member=member, defaults={"reason": why, "is_computed": True, "at": now}
            )


def _refuse_recused(item, member, actor):
    if why := seats.bar(actor, item.application):
        raise Refused(why)
    if Recusal.objects.filter(item=item, member=member).exists():
        raise Refused("Wyłączono Cię z tej sprawy.")


def _seat(vote, member):
    """The seat in which the person votes: as they were marked present, from afar their own."""
    presence = Presence.objects.filter(sitting=vote.item.sitting_id, member=member).first()
    if presence:
        return presence.seat_id
    if vote.item.sitting.is_remote and not member.is_substitute:
        return member.pk
    raise Refused("Nie zaznaczono Twojej obecności na tym posiedzeniu.")
