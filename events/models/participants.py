"""People of an edition: what each gives about themselves by their own link."""

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q

from core.links import LinkKeyField
from core.sealing import SealedTextField
from events.choices import Education, LabourStatus, Sex
from events.models.editions import Edition, EditionText, FormVersion

PESEL = "events pesel"
SENSITIVE = "events sensitive"


@pghistory.track(
    pghistory.InsertEvent(),
    pghistory.UpdateEvent(),
    exclude=[
        "pesel",
        "pesel_fingerprint",
        "sensitive_answers",
        "birth_date",
        "special_needs",
        "diet",
        "link_key",
    ],
)
class Participant(models.Model):
    """One natural person in one edition, whomever they come from. Two people may share an e-mail.

    The institution gives the names, the role and how to reach the person; everything else is given by the person and
    never seen by the institution. `pesel_fingerprint` tells that two rows are one person without telling who.
    """

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="participants", verbose_name="edycja")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="participations"
    )
    link_key = LinkKeyField()
    first_name = models.CharField("imię", max_length=60)
    last_name = models.CharField("nazwisko", max_length=80)
    email = models.EmailField("e-mail", blank=True)
    phone = models.CharField("telefon", max_length=16, blank=True)
    pesel = SealedTextField("PESEL", purpose=PESEL, mark="pesel_fingerprint", blank=True, default="", editable=False)
    pesel_fingerprint = models.CharField(max_length=64, blank=True, editable=False)
    has_no_pesel = models.BooleanField("nie mam numeru PESEL", default=False)
    birth_date = models.DateField("data urodzenia", null=True, blank=True)
    sex = models.CharField("płeć", max_length=1, choices=Sex, blank=True)
    education = models.CharField("wykształcenie", max_length=20, choices=Education, blank=True)
    labour_status = models.CharField("status na rynku pracy", max_length=20, choices=LabourStatus, blank=True)
    street_line = models.CharField("ulica i numer", max_length=160, blank=True)
    postal_code = models.CharField("kod pocztowy", max_length=6, blank=True)
    town = models.CharField("miejscowość", max_length=80, blank=True)
    municipality = models.ForeignKey(
        "registry.Municipality", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="gmina"
    )
    form = models.ForeignKey(FormVersion, models.PROTECT, null=True, blank=True, related_name="+", editable=False)
    answers = models.JSONField("odpowiedzi", default=dict, blank=True)
    # JSON of the answers to questions of special categories.
    sensitive_answers = SealedTextField(purpose=SENSITIVE, blank=True, default="", editable=False)
    special_needs = models.TextField("szczególne potrzeby", max_length=1000, blank=True)
    diet = models.CharField("dieta", max_length=200, blank=True)
    declared_at = models.DateTimeField("złożono oświadczenie", null=True, blank=True, editable=False)
    created_at = models.DateTimeField("dodano", editable=False)
    # When the personal data of this row were erased; names are kept as "(usunięto)" so that counts stay.
    erased_at = models.DateTimeField("usunięto dane", null=True, blank=True, editable=False)

    class Meta:
        verbose_name = "uczestnik"
        verbose_name_plural = "uczestnicy"
        indexes = [
            models.Index(fields=["edition", "email"], name="events_participant_email"),
            models.Index(fields=["last_name", "first_name"], name="events_participant_name"),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(first_name="") & ~Q(last_name=""), name="events_participant_named"),
            models.CheckConstraint(
                condition=Q(phone="") | Q(phone__regex=r"^\+\d{6,15}$"), name="events_participant_phone"
            ),
            models.CheckConstraint(
                condition=Q(pesel="", pesel_fingerprint="") | (~Q(pesel="") & ~Q(pesel_fingerprint="")),
                name="events_participant_pesel_known_by_fingerprint",
            ),
            models.UniqueConstraint(
                fields=["edition", "pesel_fingerprint"],
                condition=~Q(pesel_fingerprint=""),
                name="events_participant_pesel_once",
                violation_error_message="Osoba z tym numerem PESEL jest już w tej edycji.",
            ),
        ]

    def __str__(self):
        return f"{self.first_name} {self.last_name}"


class ParticipantConsent(models.Model):
    """What a person read or agreed to: the version of the text, when, and until when. Image and contact can be taken
    back; having read regulations and the information clause cannot."""

    participant = models.ForeignKey(Participant, models.CASCADE, related_name="consents")
    text = models.ForeignKey(EditionText, models.PROTECT, related_name="+")
    given_at = models.DateTimeField("kiedy")
    withdrawn_at = models.DateTimeField("wycofano", null=True, blank=True)

    class Meta:
        verbose_name = "zgoda uczestnika"
        verbose_name_plural = "zgody uczestników"
        ordering = ["given_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["participant", "text"],
                condition=Q(withdrawn_at__isnull=True),
                name="events_consent_once",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gte=models.F("given_at")),
                name="events_consent_withdrawn_after_given",
            ),
        ]

    def __str__(self):
        return f"{self.participant}: {self.text}"
