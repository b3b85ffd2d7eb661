"""Files that are deleted when their time is over, while the row stays and says so."""

from django.db import models
from django.db.models import Q

from core.templatetags.portal import NBSP, date_words
from quality_mark.choices import Gone


class FileMayGo(models.Model):
    """When and why the file of the row was deleted; its name, hash and date stay."""

    gone_at = models.DateTimeField("plik usunięto", null=True, blank=True, editable=False)
    gone_why = models.CharField("dlaczego", max_length=12, choices=Gone, blank=True, editable=False)

    class Meta:
        abstract = True

    @property
    def gone_words(self):
        """ "usunięto 3 maja 2036 (minął okres przechowywania)", or an empty text while the file is there."""
        if self.gone_at is None:
            return ""
        return f"usunięto dnia{NBSP}{date_words(self.gone_at)} ({self.get_gone_why_display()})"


def gone_and_told(file, name):
    """A file is gone, or nothing is said of it."""
    return models.CheckConstraint(
        condition=Q(gone_at=None, gone_why="") | Q(gone_at__isnull=False, gone_why__in=Gone.values, **{file: ""}),
        name=name,
    )
