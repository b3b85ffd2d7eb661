"""A search of a list that somebody wants to hear of."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from core.links import LinkKeyField
from notifications.choices import AlertFrequency, SearchState
from notifications.querysets import SavedSearchQuerySet

LONGEST = 2_000


class SavedSearch(models.Model):
    """An account's, or of an address without one, which must say by a link that it wants it.

    What was told is a mark and no list: all that became visible below `seen_until` (core.commit_order) has been
    looked at. It moves in the transaction that writes the letter, so nothing is told twice and nothing missed.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="+", verbose_name="konto"
    )
    email = models.EmailField("adres", blank=True)
    # The name of a notifications.searches.Search, and its query string as searches.normalised() writes it.
    search = models.CharField("lista", max_length=30)
    query = models.CharField("filtry", max_length=LONGEST, blank=True)
    title = models.CharField("nazwa", max_length=200)
    frequency = models.CharField("jak często", max_length=10, choices=AlertFrequency)
    state = models.CharField("stan", max_length=10, choices=SearchState)
    link_key = LinkKeyField()
    created_at = models.DateTimeField("zapisano")
    confirmed_at = models.DateTimeField("potwierdzono", null=True, blank=True)
    ended_at = models.DateTimeField("zakończono", null=True, blank=True)
    seen_until = models.BigIntegerField(default=0)
    looked_at = models.DateTimeField("ostatnio sprawdzono", null=True, blank=True)
    # Since when the filter means nothing any more, and why; who is told once.
    broken_since = models.DateTimeField("nie działa od", null=True, blank=True)
    broken_reason = models.CharField("dlaczego nie działa", max_length=300, blank=True)

    objects = SavedSearchQuerySet.as_manager()

    class Meta:
        verbose_name = "obserwowane wyszukiwanie"
        verbose_name_plural = "obserwowane wyszukiwania"
        indexes = [
            models.Index(
                fields=["frequency", "looked_at"],
                condition=Q(state=SearchState.ACTIVE),
                name="notifications_search_due",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(user__isnull=False, email="") | Q(user=None) & ~Q(email=""),
                name="notifications_search_has_one_owner",
            ),
            models.CheckConstraint(
                condition=Q(frequency__in=AlertFrequency.values), name="notifications_search_frequency"
            ),
            # Whoever has no account has no page with addresses of feeds.
            models.CheckConstraint(
                condition=Q(user__isnull=False) | ~Q(frequency=AlertFrequency.NONE),
                name="notifications_search_of_address_by_mail",
            ),
            models.CheckConstraint(
                condition=Q(state=SearchState.WAITING, user=None, confirmed_at=None, ended_at=None)
                | Q(state=SearchState.ACTIVE, confirmed_at__isnull=False, ended_at=None)
                | Q(state=SearchState.ENDED, ended_at__isnull=False),
                name="notifications_search_state",
            ),
            models.CheckConstraint(
                condition=Q(broken_since=None, broken_reason="")
                | Q(broken_since__isnull=False) & ~Q(broken_reason=""),
                name="notifications_search_broken_with_a_reason",
            ),
            models.CheckConstraint(condition=~Q(title="") & ~Q(search=""), name="notifications_search_named"),
            models.UniqueConstraint(fields=["user", "search", "query"], name="notifications_search_of_user_once"),
            models.UniqueConstraint(
                Lower("email"), "search", "query", condition=Q(user=None), name="notifications_search_of_address_once"
            ),
        ]

    def __str__(self):
        return self.title
