from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower

from notifications.choices import DIGESTS, Frequency, LetterState, SearchState


class OutgoingEmailQuerySet(models.QuerySet):
    def waiting(self):
        """Neither sent nor given up, and not kept for a digest."""
        return self.filter(sent_at=None, failed_at=None, frequency=Frequency.NOW)

    def for_digest(self):
        """What waits to be told together with others."""
        return self.filter(frequency__in=DIGESTS, digest=None)

    def in_state(self, state):
        """Those in one LetterState; none for what is no such state."""
        told = self.filter(frequency__in=DIGESTS)
        states = {
            LetterState.WAITING: self.waiting(),
            LetterState.SENT: self.filter(sent_at__isnull=False),
            LetterState.GIVEN_UP: self.filter(failed_at__isnull=False, is_bounce=False),
            LetterState.BOUNCED: self.filter(is_bounce=True),
            LetterState.FOR_DIGEST: told.filter(digest=None),
            LetterState.IN_DIGEST: told.filter(digest__isnull=False),
        }
        return states.get(state, self.none())

    def due(self, now):
        return self.filter(due_at__lte=now)

    def in_line(self, now):
        """What keeps later letters of an address back: due now, or tried and put off. Not what is for a later day."""
        return self.filter(Q(due_at__lte=now) | Q(attempts__gt=0))

    def for_address(self, address):
        """One person's, in the order they came to be."""
        return self.alias(address=Lower("to")).filter(address=address.lower()).order_by("pk")


class SavedSearchQuerySet(models.QuerySet):
    def active(self):
        return self.filter(state=SearchState.ACTIVE)

    def of(self, user):
        """An account's that are not ended, the newest first."""
        return self.filter(user=user).exclude(state=SearchState.ENDED).order_by("-created_at", "-pk")

    def of_address(self, address):
        """Of an address without an account."""
        return self.alias(address=Lower("email")).filter(user=None, address=address.lower())

    def due(self, hours):
        """Not looked at since the last fixed hour, {AlertFrequency: moment}; all of one person beside one another."""
        late = Q()
        for frequency, hour in hours.items():
            late |= Q(frequency=frequency, looked_at__lt=hour)
        owned = Q(user=None) | Q(user__is_active=True)
        return self.active().filter(late, owned).order_by(F("user").asc(nulls_last=True), Lower("email"), "pk")
