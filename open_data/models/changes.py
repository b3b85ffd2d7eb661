"""What the public sees and when that last changed: one row for each object that was ever public (docs/decisions/0106).

Statements that may change a publication leave a touch (open_data.models.watched). When their transaction ends, the
database compares what is public of the touched objects with what was last told, and moves the rows that differ to the
end of the feed. So rewriting an entry as it was tells nothing, nothing told is ever unfinished, and the feed holds
each object once: it is as long as the register, however often that changes.
"""

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from core.commit_order import CurrentTransaction
from open_data.choices import Dataset
from open_data.models.settling import DECLARED, SETTLE


class Touch(models.Model):
    """That something of these objects may have changed. Gone when its transaction ends: nobody else ever sees it."""

    dataset = models.SmallIntegerField(choices=Dataset)
    ids = ArrayField(models.BigIntegerField())

    class Meta:
        verbose_name = "ślad zmiany"
        verbose_name_plural = "ślady zmian"
        triggers = [
            pgtrigger.Trigger(
                name="settled",
                when=pgtrigger.After,
                operation=pgtrigger.Insert,
                timing=pgtrigger.Deferred,
                declare=DECLARED,
                func=SETTLE,
            )
        ]

    def __str__(self):
        return f"{self.get_dataset_display()}: {len(self.ids)}"


class Change(models.Model):
    """The newest change of one object; `digest` is of what the public sees of it, None of what was withdrawn.

    `key` is what the API calls the object by; kept, because of what was deleted nobody could ask for it.
    """

    dataset = models.SmallIntegerField(choices=Dataset)
    object_id = models.BigIntegerField()
    key = models.CharField(max_length=40)
    is_withdrawn = models.BooleanField(default=False)
    digest = models.BigIntegerField(null=True)
    transaction = models.BigIntegerField(db_default=CurrentTransaction())
    at = models.DateTimeField(db_default=Now())

    class Meta:
        verbose_name = "zmiana danych"
        verbose_name_plural = "zmiany danych"
        indexes = [models.Index(fields=["transaction", "id"], name="open_data_change_order")]
        constraints = [
            models.UniqueConstraint(fields=["dataset", "object_id"], name="open_data_change_once"),
            models.CheckConstraint(
                condition=Q(is_withdrawn=True, digest=None) | Q(is_withdrawn=False, digest__isnull=False),
                name="open_data_change_told",
            ),
        ]

    def __str__(self):
        return f"{self.get_dataset_display()} {self.key}"


class Forgetting(models.Model):
    """Lines of withdrawn objects up to this place are gone: who has not read so far has to begin anew.

    The number of the newest one is part of every cursor, so that nobody is sent back for lines that went before his
    time.
    """

    transaction = models.BigIntegerField()
    change = models.BigIntegerField()
    at = models.DateTimeField(db_default=Now())

    class Meta:
        verbose_name = "porzucenie starych zmian"
        verbose_name_plural = "porzucenia starych zmian"

    def __str__(self):
        return f"{self.transaction}-{self.change}"
