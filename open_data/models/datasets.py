"""Which file of which data set was made on which day."""

from django.db import models
from django.db.models import Q

from open_data.choices import Format
from open_data.querysets import DumpQuerySet


class Content(models.Model):
    """What one file says, or several do: what has not changed since yesterday is stored once. Never changed."""

    sha256 = models.CharField("SHA-256", max_length=64, unique=True)
    # gzip of what the sum and the size are of.
    file = models.FileField("plik", max_length=120)
    size = models.PositiveBigIntegerField("bajtów")
    stored_size = models.PositiveBigIntegerField("bajtów na dysku")

    class Meta:
        verbose_name = "treść pliku otwartych danych"
        verbose_name_plural = "treści plików otwartych danych"
        constraints = [
            models.CheckConstraint(condition=Q(sha256__regex=r"^[0-9a-f]{64}$"), name="open_data_content_sha256"),
            models.CheckConstraint(condition=~Q(file=""), name="open_data_content_file"),
        ]

    def __str__(self):
        return self.sha256


class Dump(models.Model):
    """A data set as it stood when the files of `day` were made, in one format."""

    dataset = models.SlugField("zbiór", max_length=60, db_index=False)
    day = models.DateField("dzień")
    format = models.CharField("format", max_length=8, choices=Format)
    content = models.ForeignKey(Content, models.PROTECT, related_name="dumps", verbose_name="treść")
    rows = models.PositiveIntegerField("wierszy")
    # The moment of the snapshot of the database that all files of the day were read from.
    made_at = models.DateTimeField("stan na")
    # Where the feed of changes ended at that moment: who has copied the files goes on from there.
    cursor = models.CharField("miejsce w zmianach", max_length=64)

    objects = DumpQuerySet.as_manager()

    class Meta:
        verbose_name = "plik otwartych danych"
        verbose_name_plural = "pliki otwartych danych"
        indexes = [models.Index(fields=["day", "dataset"], name="open_data_dump_day")]
        constraints = [
            models.UniqueConstraint(fields=["dataset", "day", "format"], name="open_data_dump_once"),
            models.CheckConstraint(condition=Q(format__in=Format.values), name="open_data_dump_format"),
            models.CheckConstraint(condition=~Q(cursor=""), name="open_data_dump_cursor"),
        ]

    def __str__(self):
        return f"{self.dataset}, {self.day}, {self.format}"

    @property
    def path(self):
        """The address that stays."""
        return f"/otwarte-dane/pliki/{self.day}/{self.dataset}.{self.format}"

    @property
    def kind(self):
        return Format(self.format)
