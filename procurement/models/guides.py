"""Texts of the clause advisor, written by people: one row is one version, in force from its day until the next one."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from procurement.choices import Band, GuideTopic, Nature
from procurement.querysets import GuideQuerySet
from registry.models.history import tracked


@tracked
class Guide(models.Model):
    """Of a topic of the advisor, or of a kind of clause by its code: then also for which orders it is shown."""

    topic = models.CharField("część doradcy", max_length=20, choices=GuideTopic, blank=True)
    # Not a foreign key: the dated rows of one code are one kind.
    clause = models.SlugField("klauzula", max_length=40, blank=True)
    text = models.TextField(
        "tekst",
        max_length=10_000,
        blank=True,
        help_text="Akapity dzieli pusty wiersz, punkty listy zaczynają się od „- ”. Puste: tekst nie jest napisany.",
    )
    bands = ArrayField(
        models.CharField(max_length=12, choices=Band), verbose_name="dla jakiej wartości", default=list, blank=True
    )
    natures = ArrayField(
        models.CharField(max_length=10, choices=Nature), verbose_name="dla jakich zamówień", default=list, blank=True
    )
    is_only_social = models.BooleanField("tylko usługi społeczne i inne szczególne", default=False)
    author = models.CharField("kto napisał", max_length=160, help_text="Zespół albo osoba, podana na stronie doradcy.")
    valid_from = models.DateField("od dnia")
    sources = models.TextField("źródła", max_length=2000, blank=True, help_text="Jedno w wierszu.")

    objects = GuideQuerySet.as_manager()

    class Meta:
        verbose_name = "tekst doradcy"
        verbose_name_plural = "teksty doradcy"
        ordering = ["topic", "clause", "-valid_from"]
        constraints = [
            models.CheckConstraint(
                condition=Q(topic="") & ~Q(clause="") | ~Q(topic="") & Q(clause=""),
                name="procurement_guide_of_one",
                violation_error_message="Wybierz część doradcy albo klauzulę.",
            ),
            models.CheckConstraint(
                condition=~Q(author=""), name="procurement_guide_author", violation_error_message="Podaj, kto napisał."
            ),
            models.UniqueConstraint(
                fields=["topic", "clause", "valid_from"],
                name="procurement_guide_once",
                violation_error_message="Od tego dnia jest już inna wersja tego tekstu.",
            ),
        ]

    def __str__(self):
        return f"{self.get_topic_display() or self.clause}, od {self.valid_from:%d.%m.%Y}"

    def fits(self, *, bands, natures, is_social):
        """Whether its clause is for orders that may be any of these; an empty list stands for all."""
        return (
            (not self.bands or not bands or bool(set(self.bands) & set(bands)))
            and (not self.natures or not natures or bool(set(self.natures) & set(natures)))
            and (is_social or not self.is_only_social)
        )
