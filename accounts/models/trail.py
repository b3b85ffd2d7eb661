"""Who signed in, who changed whose role, who looked at protected data: kept apart from what it speaks of."""

import pgtrigger
from django.conf import settings
from django.db import models

from accounts.choices import TrailKind


def _given_to_another(name):
    return pgtrigger.Q(**{f"new__{name}__isnull": False, f"new__{name}__df": pgtrigger.F(f"old__{name}")})


class TrailEntry(models.Model):
    """One thing that happened. Never changed; deleted only when its time is over. Holds no passwords, no tokens."""

    at = models.DateTimeField("kiedy", db_index=True)
    kind = models.CharField("co", max_length=20, choices=TrailKind)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="kto"
    )
    # Whose account, role or data it was about, when that is a person.
    subject = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="o kim"
    )
    about = models.CharField("czego dotyczy", max_length=300, blank=True)

    class Meta:
        verbose_name = "wpis dziennika"
        verbose_name_plural = "dziennik"
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=models.Q(kind__in=TrailKind.values), name="accounts_trail_kind_known")
        ]
        triggers = [
            # Names may be emptied; nothing else changes but by forgetting a person, and nothing goes before its time:
            # accounts.use_cases.forgetting and erasure set these triggers aside, by name.
            pgtrigger.Protect(
                name="trail_is_final",
                operation=pgtrigger.UpdateOf("at", "kind", "about"),
            ),
            pgtrigger.Protect(
                name="trail_names_are_final",
                operation=pgtrigger.Update,
                condition=_given_to_another("actor") | _given_to_another("subject"),
            ),
            pgtrigger.Protect(name="trail_is_kept", operation=pgtrigger.Delete),
        ]

    def __str__(self):
        return f"{self.get_kind_display()}, {self.at:%d.%m.%Y}"
