"""That something of the calendar has changed."""

import pgtrigger
from django.db import models
from django.db.models.functions import Now


class CalendarChange(models.Model):
    """One row for each statement that changed what visitors see: the newest and their number say whether a page is
    still true. Rows instead of one counter, so that two sign-ups never wait for each other."""

    at = models.DateTimeField(db_default=Now())

    class Meta:
        verbose_name = "zmiana kalendarza"
        verbose_name_plural = "zmiany kalendarza"

    def __str__(self):
        return f"{self.pk}"


def noted():
    """The trigger that writes CalendarChange, whoever changes the table and however."""
    return pgtrigger.Trigger(
        name="noted",
        level=pgtrigger.Statement,
        when=pgtrigger.After,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        func="INSERT INTO events_calendarchange DEFAULT VALUES; RETURN NULL;",
    )
