"""What the people of an organisation would change on its card, and what coordinators said of it."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from registry.choices import Change, ProposalState, Subject, TrustedName, Verdict

ACCOUNT = settings.AUTH_USER_MODEL
DRAFT, SENT, DECIDED, WITHDRAWN = ProposalState.values


def picture_path(picture, name):
    return f"registry/proposals/{picture.proposal_id}/{name}"


class Proposal(models.Model):
    """As a draft it holds what was typed, right or wrong; once sent, changes that a coordinator can accept."""

    organisation = models.ForeignKey(
        "registry.Organisation", models.CASCADE, related_name="proposals", verbose_name="podmiot"
    )
    # Nobody once the account is gone; what was decided stays.
    author = models.ForeignKey(
        ACCOUNT, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="kto proponuje"
    )
    state = models.CharField("stan", max_length=12, choices=ProposalState, default=ProposalState.DRAFT)
    # {section: {field: text}}: only fields that were changed, and what the card said while they were typed.
    typed = models.JSONField(default=dict, blank=True)
    shown = models.JSONField(default=dict, blank=True)
    # Sections of rows that are to go, and the page that saved last in each section (core.weaving).
    removed = models.JSONField(default=list, blank=True)
    last_pages = models.JSONField(default=dict, blank=True)
    opened_at = models.DateTimeField("zaczęto")
    saved_at = models.DateTimeField("zapisano")
    sent_at = models.DateTimeField("wysłano", null=True, blank=True)
    decided_at = models.DateTimeField("rozpatrzono", null=True, blank=True)
    # Nobody when rules alone accepted all of it.
    decided_by = models.ForeignKey(
        ACCOUNT, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="kto rozpatrzył"
    )
    withdrawn_at = models.DateTimeField("wycofano", null=True, blank=True)
    words = models.TextField("odpowiedź", max_length=2000, blank=True)

    class Meta:
        verbose_name = "propozycja zmian"
        verbose_name_plural = "propozycje zmian"
        indexes = [models.Index(fields=["sent_at"], condition=Q(state=SENT), name="registry_proposal_queue")]
        constraints = [
            models.UniqueConstraint(
                fields=["author", "organisation"], condition=Q(state=DRAFT), name="registry_proposal_one_draft"
            ),
            models.CheckConstraint(condition=Q(state__in=ProposalState.values), name="registry_proposal_state"),
            models.CheckConstraint(
                condition=Q(state__in=[SENT, DECIDED], sent_at__isnull=False)
                | Q(state=DRAFT, sent_at=None)
                | Q(state=WITHDRAWN),
                name="registry_proposal_sent",
            ),
            models.CheckConstraint(
                condition=Q(state=DECIDED, decided_at__isnull=False)
                | Q(~Q(state=DECIDED), decided_at=None, decided_by=None, words=""),
                name="registry_proposal_decided",
            ),
            models.CheckConstraint(
                condition=Q(state=WITHDRAWN, withdrawn_at__isnull=False) | Q(~Q(state=WITHDRAWN), withdrawn_at=None),
                name="registry_proposal_withdrawn",
            ),
        ]

    def __str__(self):
        return f"propozycja {self.pk}"


class ProposedPicture(models.Model):
    """A picture that nobody but its author and coordinators sees; drawn anew, like those of offers."""

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="pictures", verbose_name="propozycja")
    # The section of its offer, which may itself be only proposed.
    offer = models.CharField("oferta", max_length=60)
    image = models.ImageField("zdjęcie", upload_to=picture_path, width_field="width", height_field="height")
    width = models.PositiveIntegerField(editable=False)
    height = models.PositiveIntegerField(editable=False)
    alt = models.CharField("opis zdjęcia dla osób, które go nie widzą", max_length=300)
    added_at = models.DateTimeField("dodano")

    class Meta:
        verbose_name = "proponowane zdjęcie"
        verbose_name_plural = "proponowane zdjęcia"
        constraints = [
            models.CheckConstraint(condition=Q(alt__regex=r"\S.{2,}"), name="registry_proposed_picture_alt"),
            models.UniqueConstraint(fields=["proposal", "offer", "image"], name="registry_proposed_picture_once"),
        ]

    def __str__(self):
        return self.alt


class ProposedChange(models.Model):
    """One field of one row, or a whole row that is to come or go. `old` is what its author saw when sending it."""

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="changes", verbose_name="propozycja")
    position = models.PositiveSmallIntegerField(default=0)
    section = models.CharField("część karty", max_length=60)
    subject = models.CharField("czego dotyczy", max_length=12, choices=Subject)
    action = models.CharField("co", max_length=8, choices=Change)
    target = models.BigIntegerField("wiersz", null=True, blank=True)
    field = models.CharField("pole", max_length=40, blank=True)
    # As the column has it: text, number, list of codes, ISO date; of whole rows {field: value}.
    old = models.JSONField(null=True, blank=True)
    new = models.JSONField(null=True, blank=True)
    picture = models.ForeignKey(ProposedPicture, models.SET_NULL, null=True, blank=True, related_name="+")
    verdict = models.CharField("rozstrzygnięcie", max_length=12, choices=Verdict, blank=True)
    words = models.CharField("uwaga", max_length=300, blank=True)

    class Meta:
        verbose_name = "proponowana zmiana"
        verbose_name_plural = "proponowane zmiany"
        constraints = [
            models.UniqueConstraint(
                fields=["proposal", "section", "subject", "field"], name="registry_proposed_change_once"
            ),
            models.CheckConstraint(
                condition=(Q(action=Change.FIELD, target__isnull=False) & ~Q(field=""))
                | Q(action=Change.ADD, target=None, field="")
                | Q(action=Change.REMOVE, target__isnull=False, field=""),
                name="registry_proposed_change_shape",
            ),
            models.CheckConstraint(condition=Q(verdict__in=["", *Verdict.values]), name="registry_proposed_verdict"),
        ]

    def __str__(self):
        return f"{self.get_action_display()}: {self.section} {self.field}".strip()


class TrustedField(models.Model):
    """A field whose proposed change is shown at once; without a row the default of its name decides."""

    field = models.CharField("pole", max_length=30, choices=TrustedName, unique=True)
    goes_live = models.BooleanField("zmiana widoczna od razu", default=False)

    class Meta:
        verbose_name = "pole bez sprawdzania"
        verbose_name_plural = "pola bez sprawdzania"
        constraints = [
            models.CheckConstraint(condition=Q(field__in=TrustedName.values), name="registry_trusted_field_known")
        ]

    def __str__(self):
        return self.get_field_display()
