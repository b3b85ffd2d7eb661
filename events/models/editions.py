"""An edition of a project: whom it takes in, what people must give, its texts and forms in dated versions."""

import uuid

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from core.asking import Question
from core.changes import noted
from events.choices import FormKind, PersonField, TextKind
from events.querysets import EditionQuerySet, VersionQuerySet
from registry.models.history import tracked


def logo_path(logo, name):
    return f"events/logos/{uuid.uuid4().hex}.{name.rpartition('.')[2].lower()}"


@tracked
class Edition(models.Model):
    """One project, or one round of it. Days are the first and the last one; `personal_data_until` is the day on which
    what people gave is erased, counted from the rules of the programme."""

    slug = models.SlugField("adres", max_length=80, unique=True)
    name = models.CharField("nazwa projektu", max_length=300)
    number = models.CharField("numer umowy lub projektu", max_length=80, blank=True)
    programme = models.CharField("program", max_length=300, blank=True)
    starts_on = models.DateField("od dnia")
    ends_on = models.DateField("do dnia")
    enrolment_until = models.DateField("zgłoszenia instytucji do dnia", null=True, blank=True)
    closed_at = models.DateTimeField("zamknięto", null=True, blank=True, editable=False)
    funding_statement = models.TextField("informacja o finansowaniu", blank=True)
    contact_name = models.CharField("osoba do kontaktu", max_length=120, blank=True)
    contact_role = models.CharField("funkcja", max_length=120, blank=True)
    contact_phone = models.CharField("telefon", max_length=16, blank=True)
    contact_email = models.EmailField("e-mail", blank=True)
    person_fields = ArrayField(
        models.CharField(max_length=20, choices=PersonField),
        verbose_name="czego wymagamy od osoby",
        default=list,
        blank=True,
        help_text="Tylko to, czego wymaga program. PESEL tylko wtedy, gdy bez niego nie można rozliczyć projektu.",
    )
    personal_data_until = models.DateField("dane osób przechowujemy do dnia")

    objects = EditionQuerySet.as_manager()

    class Meta:
        verbose_name = "edycja projektu"
        verbose_name_plural = "edycje projektów"
        triggers = [noted("events_calendarchange")]
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="events_edition_named"),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="events_edition_period",
                violation_error_message="Edycja nie może się skończyć przed swoim początkiem.",
            ),
            models.CheckConstraint(
                condition=Q(personal_data_until__gte=F("ends_on")),
                name="events_edition_keeps_until_its_end",
                violation_error_message="Dane są potrzebne co najmniej do końca edycji.",
            ),
            models.CheckConstraint(
                condition=Q(person_fields__contained_by=PersonField.values), name="events_edition_person_fields"
            ),
        ]

    def __str__(self):
        return self.name

    def takes_enrolments_on(self, day):
        last = self.enrolment_until or self.ends_on
        return self.closed_at is None and self.starts_on <= day <= last

    def asks_for(self, field):
        return field in self.person_fields


class EditionLogo(models.Model):
    """The strip of logos that a funded project must show, in order."""

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="logos", verbose_name="edycja")
    picture = models.FileField("plik PNG, JPG lub SVG", upload_to=logo_path)
    words = models.CharField("co to za znak (tekst zamiast obrazu)", max_length=200)
    position = models.PositiveSmallIntegerField("kolejność", default=0)

    class Meta:
        verbose_name = "znak"
        verbose_name_plural = "znaki"
        triggers = [noted("events_calendarchange")]
        ordering = ["position", "pk"]
        constraints = [models.CheckConstraint(condition=~Q(words=""), name="events_logo_has_words")]

    def __str__(self):
        return self.words


# What people agreed to or filled in stays as they saw it: the database itself refuses to change it.
_REFUSE = """
    RAISE EXCEPTION 'announced versions are never changed'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'events_version_announced';
"""
_ANNOUNCED_STAYS = pgtrigger.Trigger(
    name="announced_stays",
    when=pgtrigger.Before,
    operation=pgtrigger.Update | pgtrigger.Delete,
    condition=pgtrigger.Condition("OLD.published_at IS NOT NULL"),
    func=f"""
    IF TG_OP = 'UPDATE' AND OLD.* IS NOT DISTINCT FROM NEW.* THEN
        RETURN NEW;
    END IF;
    {_REFUSE}
""",
)
# Questions are written before their form is announced; a form and its questions may be loaded in any order.
_QUESTIONS_STAY = pgtrigger.Trigger(
    name="questions_stay",
    when=pgtrigger.Before,
    operation=pgtrigger.Update | pgtrigger.Delete,
    func=f"""
    IF EXISTS (SELECT 1 FROM events_formversion WHERE id = OLD.form_id AND published_at IS NOT NULL) THEN
        {_REFUSE}
    END IF;
    RETURN coalesce(NEW, OLD);
""",  # noqa: S608 - no input
)


class Version(models.Model):
    """One dated version of something that people agree to or fill in. After `published_at` it is never changed."""

    version = models.PositiveSmallIntegerField("wersja", editable=False)
    valid_from = models.DateField("obowiązuje od dnia")
    published_at = models.DateTimeField("ogłoszono", null=True, blank=True, editable=False)

    objects = VersionQuerySet.as_manager()

    class Meta:
        abstract = True


@tracked
class EditionText(Version):
    """Regulations, the information clause, consents: paragraphs parted by empty lines, lines of "- " are lists."""

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="texts", verbose_name="edycja")
    kind = models.CharField("rodzaj", max_length=20, choices=TextKind)
    title = models.CharField("tytuł", max_length=200)
    body = models.TextField("treść")

    class Meta:
        verbose_name = "tekst edycji"
        verbose_name_plural = "teksty edycji"
        triggers = [_ANNOUNCED_STAYS]
        constraints = [
            models.UniqueConstraint(fields=["edition", "kind", "version"], name="events_text_version_once"),
            models.CheckConstraint(condition=Q(kind__in=TextKind.values), name="events_text_kind_known"),
            models.CheckConstraint(condition=~Q(title="") & ~Q(body=""), name="events_text_said"),
        ]

    def __str__(self):
        return f"{self.title} (wersja {self.version})"


@tracked
class FormVersion(Version):
    """The questions that an edition asks besides what every form has; filled forms keep the version they saw."""

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="forms", verbose_name="edycja")
    kind = models.CharField("rodzaj", max_length=20, choices=FormKind)
    introduction = models.TextField("wstęp", blank=True)

    class Meta:
        verbose_name = "formularz edycji"
        verbose_name_plural = "formularze edycji"
        triggers = [_ANNOUNCED_STAYS]
        constraints = [
            models.UniqueConstraint(fields=["edition", "kind", "version"], name="events_form_version_once"),
            models.CheckConstraint(condition=Q(kind__in=FormKind.values), name="events_form_kind_known"),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} (wersja {self.version})"


@tracked
class FormQuestion(Question):
    """`is_sensitive` marks a special category of data (art. 9 RODO): an answer may be refused, nobody at the
    institution sees it, and it is kept sealed."""

    form = models.ForeignKey(FormVersion, models.CASCADE, related_name="questions", verbose_name="formularz")
    is_sensitive = models.BooleanField("dane szczególnej kategorii", default=False)

    class Meta(Question.Meta):
        verbose_name = "pytanie formularza"
        verbose_name_plural = "pytania formularza"
        triggers = [_QUESTIONS_STAY]
        ordering = ["position", "pk"]
        constraints = [
            *Question.Meta.constraints,
            models.UniqueConstraint(
                fields=["form", "code"],
                name="events_form_question_once",
                violation_error_message="Ten kod ma już inne pytanie tego formularza.",
            ),
            models.CheckConstraint(
                condition=Q(is_sensitive=False) | Q(is_required=False),
                name="events_sensitive_may_be_refused",
                violation_error_message="Danych szczególnej kategorii można odmówić: takie pytanie nie jest wymagane.",
            ),
        ]
