"""Notes that something visitors see has changed: they say whether a page is still true (core.versions)."""

import pgtrigger
from django.db import models, transaction
from django.db.models.functions import Now

KEPT = 1_000


class ChangeNote(models.Model):
    """One row for each statement that changed a table: the newest and their number make the version.

    Rows instead of one counter, so that nobody waits for another's long import or sign-up to commit.
    """

    at = models.DateTimeField(db_default=Now())

    class Meta:
        abstract = True

    def __str__(self):
        return f"{self.pk}"


def noted(table):
    """The trigger that writes such a row into `table`, whoever changes the model's own and however."""
    return pgtrigger.Trigger(
        name="noted",
        level=pgtrigger.Statement,
        when=pgtrigger.After,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        func=f"INSERT INTO {table} DEFAULT VALUES; RETURN NULL;",
    )


@transaction.atomic
def forget_old(model):
    """Drop all but the newest KEPT notes: every page counts them. Nobody else who forgets is waited for."""
    newest = model.objects.aggregate(newest=models.Max("pk"))["newest"] or 0
    old = model.objects.filter(pk__lte=newest - KEPT).select_for_update(skip_locked=True)
    model.objects.filter(pk__in=old.values("pk")).delete()
