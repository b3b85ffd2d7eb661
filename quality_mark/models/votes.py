"""Votes on a case. Of a secret one the database holds who has voted and, once it is closed, the sums.

Until then its sums stand sealed in a box of their own (BallotBox). Neither table has a history and no sum has a time:
a row of each change would say what each ballot added.
"""

import pgtrigger
from django.db import models
from django.db.models import F, Q

from quality_mark.models.commission import AgendaItem, Member
from quality_mark.voting import Choice, Result


class Vote(models.Model):
    """One vote on one case. A tie or a missing quorum may bring another one. `seats` is how many the commission
    had when it began: who leaves meanwhile is away, the quorum does not sink."""

    item = models.ForeignKey(AgendaItem, models.PROTECT, related_name="votes")
    number = models.PositiveSmallIntegerField()
    is_secret = models.BooleanField()
    seats = models.PositiveSmallIntegerField()
    opens_at = models.DateTimeField()
    # Of a remote vote: the end of its window.
    closes_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    present = models.PositiveSmallIntegerField(null=True, blank=True)
    votes_for = models.PositiveSmallIntegerField(default=0)
    votes_against = models.PositiveSmallIntegerField(default=0)
    votes_abstain = models.PositiveSmallIntegerField(default=0)
    result = models.CharField(max_length=20, choices=Result, blank=True)

    class Meta:
        verbose_name = "głosowanie"
        verbose_name_plural = "głosowania"
        ordering = ["number"]
        indexes = [
            models.Index(fields=["closes_at"], condition=Q(closed_at=None), name="quality_mark_vote_closes"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["item", "number"], name="quality_mark_vote_once"),
            models.UniqueConstraint(fields=["item"], condition=Q(closed_at=None), name="quality_mark_vote_one_open"),
            models.CheckConstraint(
                condition=Q(closed_at=None, result="", present=None)
                | Q(closed_at__isnull=False, result__in=Result.values, present__isnull=False),
                name="quality_mark_vote_result",
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=False) | Q(votes_for=0, votes_against=0, votes_abstain=0),
                name="quality_mark_vote_counted_when_closed",
            ),
            models.CheckConstraint(
                condition=Q(closes_at=None) | Q(closes_at__gt=F("opens_at")), name="quality_mark_vote_window"
            ),
            models.CheckConstraint(
                condition=Q(seats__gte=F("votes_for") + F("votes_against") + F("votes_abstain")),
                name="quality_mark_vote_no_more_than_seats",
            ),
            models.CheckConstraint(
                condition=~Q(result=Result.YES) | Q(votes_for__gt=0), name="quality_mark_vote_yes_of_somebody"
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="counts_ballots",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func="""
                IF TG_OP = 'UPDATE' AND OLD.closed_at IS NOT NULL AND OLD.* IS DISTINCT FROM NEW.* THEN
                    RAISE EXCEPTION 'a vote that was counted is never changed'
                        USING ERRCODE = 'check_violation', CONSTRAINT = 'quality_mark_vote_stays';
                END IF;
                IF NEW.closed_at IS NOT NULL
                   AND (NEW.result IN ('tak', 'nie') OR NEW.votes_for + NEW.votes_against + NEW.votes_abstain > 0)
                   AND NEW.votes_for + NEW.votes_against + NEW.votes_abstain
                       <> (SELECT count(*) FROM quality_mark_ballot WHERE vote_id = NEW.id) THEN
                    RAISE EXCEPTION 'as many votes as ballots'
                        USING ERRCODE = 'check_violation', CONSTRAINT = 'quality_mark_vote_ballots';
                END IF;
                RETURN NEW;
""",
            )
        ]

    def __str__(self):
        return f"{self.item_id}/{self.number}"


class Ballot(models.Model):
    """That the holder of a seat, or a substitute in it, has voted; in an open vote also how and when."""

    vote = models.ForeignKey(Vote, models.PROTECT, related_name="ballots")
    seat = models.ForeignKey(Member, models.PROTECT, related_name="+")
    voter = models.ForeignKey(Member, models.PROTECT, related_name="+")
    choice = models.CharField(max_length=12, choices=Choice, blank=True)
    at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "głos"
        verbose_name_plural = "głosy"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["vote", "seat"], name="quality_mark_ballot_one_for_a_seat"),
            models.UniqueConstraint(fields=["vote", "voter"], name="quality_mark_ballot_once"),
            models.CheckConstraint(
                condition=Q(choice="", at=None) | Q(choice__in=Choice.values, at__isnull=False),
                name="quality_mark_ballot_open_or_secret",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="secret_stays",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                func="""
                IF TG_OP <> 'INSERT' OR EXISTS (
                        SELECT 1 FROM quality_mark_vote
                        WHERE id = NEW.vote_id AND (closed_at IS NOT NULL OR is_secret <> (NEW.choice = ''))) THEN
                    RAISE EXCEPTION 'a ballot is cast once, while the vote is open, and as secretly as the vote is'
                        USING ERRCODE = 'check_violation', CONSTRAINT = 'quality_mark_ballot_cast';
                END IF;
                RETURN NEW;
""",
            )
        ]

    def __str__(self):
        return f"{self.vote_id}: {self.seat_id}"
