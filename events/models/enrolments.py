"""An institution in an edition: its form, the people it delegates, and what is sent in on paper."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from core.links import LinkKeyField
from events.choices import Category, DelegateRole, EnrolmentState, UpdateKind, UpdateState
from events.models.editions import Edition, EditionText, FormVersion
from events.querysets import DelegationQuerySet, EnrolmentQuerySet
from registry.models.address import Address, Contact, address_constraints, contact_constraints
from registry.models.history import tracked
from registry.validators import validate_krs, validate_nip, validate_regon


def paper_path(paper, name):
    """A name that tells nothing: the one under which it was sent may hold a person's."""
    return f"events/papers/{uuid.uuid4().hex}.{name.rpartition('.')[2].lower()}"


@tracked
class Enrolment(Address, Contact):
    """One institution's form for one edition. Whoever holds its link fills it in; `email` gets the letters.

    `institution` is known once the NIP has met the register; what was typed stays here as it was signed.
    """

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="enrolments", verbose_name="edycja")
    institution = models.ForeignKey(
        "registry.Institution",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="enrolments",
        verbose_name="instytucja",
    )
    state = models.CharField("stan", max_length=20, choices=EnrolmentState, default=EnrolmentState.DRAFT)
    link_key = LinkKeyField()
    nip = models.CharField("NIP", max_length=10, validators=[validate_nip])
    name = models.CharField("pełna nazwa", max_length=400, blank=True)
    category = models.CharField("kategoria", max_length=20, choices=Category, blank=True)
    legal_form = models.ForeignKey(
        "registry.LegalForm", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="forma prawna"
    )
    regon = models.CharField("REGON", max_length=14, blank=True, validators=[validate_regon])
    krs = models.CharField("KRS", max_length=10, blank=True, validators=[validate_krs])
    other_register = models.CharField("inny rejestr i numer", max_length=220, blank=True)
    correspondence_address = models.CharField("adres do korespondencji", max_length=300, blank=True)
    contact_name = models.CharField("osoba do kontaktu", max_length=120, blank=True)
    contact_phone = models.CharField("telefon tej osoby", max_length=16, blank=True)
    contact_email = models.EmailField("e-mail tej osoby", blank=True)
    form = models.ForeignKey(FormVersion, models.PROTECT, null=True, blank=True, related_name="+", editable=False)
    regulations = models.ForeignKey(
        EditionText, models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    answers = models.JSONField("odpowiedzi", default=dict, blank=True)
    # The event because of which the institution enrols; its people's places are held there when the form is complete.
    on_the_way_to = models.ForeignKey(
        "events.Event",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
        verbose_name="po drodze na wydarzenie",
    )
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="kto zaczął"
    )
    started_at = models.DateTimeField("zaczęto", editable=False)
    saved_at = models.DateTimeField("zapisano", editable=False)
    submitted_at = models.DateTimeField("przesłano", null=True, blank=True, editable=False)
    decided_at = models.DateTimeField("sprawdzono", null=True, blank=True, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", editable=False
    )

    objects = EnrolmentQuerySet.as_manager()

    class Meta:
        verbose_name = "zgłoszenie instytucji"
        verbose_name_plural = "zgłoszenia instytucji"
        indexes = [models.Index(fields=["state", "submitted_at"], name="events_enrolment_queue")]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "nip"],
                condition=Q(state__in=EnrolmentState.living()) & ~Q(state=EnrolmentState.DRAFT),
                name="events_enrolment_once",
                violation_error_message="Ta instytucja jest już zgłoszona w tej edycji.",
            ),
            models.CheckConstraint(condition=Q(state__in=EnrolmentState.values), name="events_enrolment_state_known"),
            models.CheckConstraint(condition=Q(nip__regex=r"^\d{10}$"), name="events_enrolment_nip"),
            models.CheckConstraint(
                condition=Q(state=EnrolmentState.DRAFT) | (~Q(name="") & ~Q(category="")),
                name="events_enrolment_complete",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[EnrolmentState.SUBMITTED, EnrolmentState.ACCEPTED])
                | Q(submitted_at__isnull=False),
                name="events_enrolment_submitted",
            ),
            models.CheckConstraint(
                condition=~Q(state=EnrolmentState.ACCEPTED) | Q(decided_at__isnull=False, institution__isnull=False),
                name="events_enrolment_accepted_of_institution",
            ),
            *address_constraints("events_enrolment"),
            *contact_constraints("events_enrolment"),
        ]

    def __str__(self):
        return self.name or f"NIP {self.nip}"


class Signatory(models.Model):
    """Somebody with the right to represent the institution, who signs the form."""

    enrolment = models.ForeignKey(Enrolment, models.CASCADE, related_name="signatories")
    name = models.CharField("imię i nazwisko", max_length=120)
    function = models.CharField("funkcja", max_length=120)

    class Meta:
        verbose_name = "osoba uprawniona do reprezentacji"
        verbose_name_plural = "osoby uprawnione do reprezentacji"
        ordering = ["pk"]
        constraints = [models.CheckConstraint(condition=~Q(name=""), name="events_signatory_named")]

    def __str__(self):
        return f"{self.name}, {self.function}"


@tracked
class Delegation(models.Model):
    """A person whom an institution sends, from a day until the first day without them. Ended, never deleted."""

    enrolment = models.ForeignKey(Enrolment, models.PROTECT, related_name="delegations", verbose_name="zgłoszenie")
    participant = models.ForeignKey(
        "events.Participant", models.PROTECT, related_name="delegations", verbose_name="osoba"
    )
    role = models.CharField("rola", max_length=20, choices=DelegateRole)
    job_title = models.CharField("stanowisko", max_length=120, blank=True)
    starts_on = models.DateField("od dnia")
    ends_on = models.DateField("do dnia", null=True, blank=True, help_text="Pierwszy dzień bez tej osoby.")

    objects = DelegationQuerySet.as_manager()

    class Meta:
        verbose_name = "osoba delegowana"
        verbose_name_plural = "osoby delegowane"
        constraints = [
            models.UniqueConstraint(
                fields=["enrolment", "participant"],
                condition=Q(ends_on__isnull=True),
                name="events_delegation_once",
                violation_error_message="Ta osoba jest już na liście.",
            ),
            models.CheckConstraint(condition=Q(role__in=DelegateRole.values), name="events_delegation_role_known"),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")), name="events_delegation_period"
            ),
        ]

    def __str__(self):
        return f"{self.participant}, {self.get_role_display()}"


class Paper(models.Model):
    """A page of the signed form: a scan, a photo, or a file signed electronically. Pages of one sending belong
    together by `sending`; the newest sending counts, older ones stay until the edition's data are erased."""

    enrolment = models.ForeignKey(Enrolment, models.CASCADE, related_name="papers", verbose_name="zgłoszenie")
    update = models.ForeignKey(
        "events.EnrolmentUpdate", models.CASCADE, null=True, blank=True, related_name="papers", editable=False
    )
    sending = models.UUIDField("przesyłka", default=uuid.uuid4, editable=False)
    page = models.PositiveSmallIntegerField("strona", default=1)
    file = models.FileField("plik", upload_to=paper_path)
    content_type = models.CharField("rodzaj", max_length=80, editable=False)
    sha256 = models.CharField("skrót SHA-256", max_length=64, editable=False)
    sent_at = models.DateTimeField("przesłano", editable=False)

    class Meta:
        verbose_name = "przesłany dokument"
        verbose_name_plural = "przesłane dokumenty"
        ordering = ["-sent_at", "page", "pk"]
        constraints = [models.UniqueConstraint(fields=["sending", "page"], name="events_paper_page_once")]

    def __str__(self):
        return f"{self.content_type} strona {self.page}"


class FieldRemark(models.Model):
    """What has to be put right in one field, in words. Settled when the form comes back."""

    enrolment = models.ForeignKey(Enrolment, models.CASCADE, related_name="remarks")
    field = models.CharField("pole", max_length=60)
    words = models.CharField("co poprawić", max_length=500)
    made_at = models.DateTimeField("kiedy", editable=False)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    settled_at = models.DateTimeField("poprawiono", null=True, blank=True, editable=False)

    class Meta:
        verbose_name = "uwaga do pola"
        verbose_name_plural = "uwagi do pól"
        ordering = ["made_at", "pk"]
        constraints = [models.CheckConstraint(condition=~Q(words=""), name="events_remark_said")]

    def __str__(self):
        return f"{self.field}: {self.words}"


@tracked
class EnrolmentUpdate(models.Model):
    """People or an address changed from a day on. `changes` holds, until somebody decides and for the history after:

    people: [{"do": "add"|"end"|"change", "delegation": id, …fields of a delegation and its person}];
    address: {"old": {…}, "new": {…}} with the names of Enrolment's fields.
    """

    enrolment = models.ForeignKey(Enrolment, models.PROTECT, related_name="updates", verbose_name="zgłoszenie")
    kind = models.CharField("rodzaj", max_length=20, choices=UpdateKind)
    state = models.CharField("stan", max_length=20, choices=UpdateState, default=UpdateState.SUBMITTED)
    effective_on = models.DateField("od dnia")
    changes = models.JSONField("zmiany", default=dict)
    sent_at = models.DateTimeField("przesłano", editable=False)
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField("rozpatrzono", null=True, blank=True, editable=False)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    answer = models.CharField("odpowiedź", max_length=500, blank=True)
    # When somebody has put the new address on the card of the register too.
    applied_to_card_at = models.DateTimeField("zmieniono kartę", null=True, blank=True, editable=False)

    class Meta:
        verbose_name = "aktualizacja zgłoszenia"
        verbose_name_plural = "aktualizacje zgłoszeń"
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=UpdateKind.values), name="events_update_kind_known"),
            models.CheckConstraint(
                condition=Q(state=UpdateState.SUBMITTED, decided_at=None)
                | Q(state__in=[UpdateState.RETURNED, UpdateState.ACCEPTED], decided_at__isnull=False),
                name="events_update_decided",
            ),
            models.CheckConstraint(
                condition=~Q(state=UpdateState.RETURNED) | ~Q(answer=""), name="events_update_returned_in_words"
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()}: {self.enrolment}"
