"""Questions that coordinators write without a programmer: one row each, and the form made of them."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q


class Answer(models.TextChoices):
    """How a question is answered. In JSON: text, text, one of the choices, a list of them, true or false, ISO date,
    the name of a stored file, true."""

    TEXT = "text", "krótki tekst"
    LONG_TEXT = "long_text", "dłuższy tekst"
    CHOICE = "choice", "jedna odpowiedź z listy"
    SEVERAL = "several", "kilka odpowiedzi z listy"
    YES_NO = "yes_no", "tak lub nie"
    DATE = "date", "data"
    FILE = "file", "plik"
    DECLARATION = "declaration", "oświadczenie do zaznaczenia"

    @classmethod
    def with_choices(cls):
        return [cls.CHOICE, cls.SEVERAL]


class Question(models.Model):
    """One question of a form. `code` names it in the answers, which are JSON: {code: value}."""

    code = models.SlugField("kod", max_length=40)
    label = models.TextField("pytanie lub treść oświadczenia", max_length=2000)
    help_text = models.CharField("podpowiedź", max_length=300, blank=True)
    answer = models.CharField("odpowiedź", max_length=20, choices=Answer, default=Answer.TEXT)
    choices = ArrayField(models.CharField(max_length=200), verbose_name="możliwe odpowiedzi", default=list, blank=True)
    is_required = models.BooleanField("trzeba odpowiedzieć", default=False)
    position = models.PositiveSmallIntegerField("kolejność", default=0)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(condition=~Q(code="") & ~Q(label=""), name="%(app_label)s_%(class)s_named"),
            models.CheckConstraint(condition=Q(answer__in=Answer.values), name="%(app_label)s_%(class)s_answer_known"),
            models.CheckConstraint(
                condition=Q(answer__in=Answer.with_choices(), choices__len__gt=1)
                | ~Q(answer__in=Answer.with_choices()) & Q(choices__len=0),
                name="%(app_label)s_%(class)s_choices",
                violation_error_message="Lista odpowiedzi: co najmniej dwie i tylko przy wyborze z listy.",
            ),
        ]

    def __str__(self):
        return self.label[:80]
