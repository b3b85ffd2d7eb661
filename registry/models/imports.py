"""A register on its way in: the file, what each of its rows will do or did, and pairs that a person must judge."""

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q

from registry.choices import DuplicateState, ImportAction, ImportState


def import_path(run, filename):
    return f"registry/imports/{run.sha256[:16]}/{filename}"


class ImportRun(models.Model):
    """One file of one source. Everything it wrote is committed at once, when the state becomes `applied`."""

    source = models.ForeignKey("registry.DataSource", on_delete=models.PROTECT, verbose_name="źródło")
    file = models.FileField("plik", upload_to=import_path, max_length=300, blank=True)
    file_name = models.CharField("nazwa pliku", max_length=255)
    sha256 = models.CharField(max_length=64)
    rejected_file = models.FileField("odrzucone wiersze", upload_to=import_path, max_length=300, blank=True)
    state = models.CharField("stan", max_length=20, choices=ImportState, default=ImportState.UPLOADED)
    publish = models.BooleanField("opublikuj przyjęte wiersze", default=True)
    other_regions = models.BooleanField("przyjmij podmioty spoza województwa", default=False)
    # [{"index", "heading", "field" or null, "guessed", "remembered", "proposal" or null}] in column order.
    mapping = models.JSONField("kolumny", default=list, blank=True)
    # {"format", "name", "delimiter"}: how the file was written, for writing its refused rows the same way.
    layout = models.JSONField("układ pliku", default=dict, blank=True)
    # {"rows": n, one number by ImportAction, "repairs": {code: n}, "file": [warnings about the file as a whole]}
    counts = models.JSONField("wynik", default=dict, blank=True)
    rows_total = models.PositiveIntegerField("wszystkie wiersze", default=0)
    error = models.CharField("błąd", max_length=500, blank=True)
    # Which pghistory context the changes of this run carry; undoing tells its own changes from later ones by it.
    history_context = models.UUIDField(null=True, editable=False)
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name="kto wczytał",
    )
    # The work at it that was ordered last.
    job = models.ForeignKey("accounts.Job", models.SET_NULL, null=True, editable=False, related_name="+")
    created_at = models.DateTimeField("wczytano", auto_now_add=True)
    staged_at = models.DateTimeField("sprawdzono", null=True, blank=True)
    applied_at = models.DateTimeField("zapisano", null=True, blank=True)
    undone_at = models.DateTimeField("cofnięto", null=True, blank=True)

    class Meta:
        verbose_name = "import"
        verbose_name_plural = "importy"
        indexes = [models.Index(fields=["sha256"], name="registry_import_sha256")]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=ImportState.values), name="registry_import_state"),
            models.CheckConstraint(
                condition=Q(applied_at__isnull=False) | ~Q(state__in=ImportState.written()),
                name="registry_import_applied_at",
            ),
            models.CheckConstraint(
                condition=Q(undone_at__isnull=False) | ~Q(state=ImportState.UNDONE), name="registry_import_undone_at"
            ),
        ]

    def __str__(self):
        return f"{self.file_name}, {self.source}"


class ImportRow(models.Model):
    """One row of a file: what it says, and what the import will do or did with it."""

    # The constraint on run and number is index enough.
    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="rows", db_index=False)
    number = models.PositiveIntegerField("wiersz")
    # Of the cells and of all that decides how they are understood; null where the register decided too.
    digest = models.BinaryField(null=True, editable=False)
    raw = models.JSONField("komórki", default=list)
    # Clean values by name (registry.use_cases.imports.fields), identifiers and TERYT codes resolved.
    cleaned = models.JSONField("wartości", default=dict)
    action = models.CharField("co się stanie", max_length=12, choices=ImportAction)
    # The card it concerns. For a new one the number is reserved before the card exists, hence no constraint.
    organisation = models.ForeignKey(
        "registry.Organisation",
        null=True,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        related_name="import_rows",
    )
    of_number = models.PositiveIntegerField("powtarza wiersz", null=True)
    reason = models.CharField("dlaczego", max_length=300, blank=True)
    similarity = models.FloatField("podobieństwo", null=True)
    # {name: [old, new]}
    changes = models.JSONField("zmiany", default=dict)
    # [{"column", "value", "reason"}]: what the row says and the register does not take.
    notes = models.JSONField("uwagi", default=list)
    # {name: [codes of registry.spreadsheets.repairs.NOTES]}
    repairs = models.JSONField("naprawy", default=dict)

    class Meta:
        verbose_name = "wiersz importu"
        verbose_name_plural = "wiersze importu"
        constraints = [
            models.UniqueConstraint(fields=["run", "number"], name="registry_importrow_once"),
            models.CheckConstraint(condition=Q(action__in=ImportAction.values), name="registry_importrow_action"),
            models.CheckConstraint(
                condition=Q(of_number__isnull=True) | ~Q(of_number=F("number")),
                name="registry_importrow_of_another",
            ),
        ]

    def __str__(self):
        return f"wiersz {self.number}"


class DuplicateCase(models.Model):
    """Two cards, or a row of a file and a card, that may be one organisation: a coordinator decides."""

    organisation = models.ForeignKey(
        "registry.Organisation", on_delete=models.CASCADE, related_name="duplicate_cases", verbose_name="podmiot"
    )
    other = models.ForeignKey(
        "registry.Organisation",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
        verbose_name="drugi podmiot",
    )
    row = models.ForeignKey(
        ImportRow, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", verbose_name="wiersz importu"
    )
    # Who the row speaks of, so that a decision holds for the next file as well.
    fingerprint = models.CharField(max_length=64, blank=True)
    why = models.CharField("dlaczego", max_length=300)
    similarity = models.FloatField("podobieństwo", null=True, blank=True)
    state = models.CharField("stan", max_length=12, choices=DuplicateState, default=DuplicateState.OPEN)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name="kto rozstrzygnął",
    )
    decided_at = models.DateTimeField("rozstrzygnięto", null=True, blank=True)
    created_at = models.DateTimeField("zgłoszono", auto_now_add=True)

    class Meta:
        verbose_name = "możliwy duplikat"
        verbose_name_plural = "możliwe duplikaty"
        indexes = [models.Index(fields=["state", "-created_at"], name="registry_duplicate_queue")]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=DuplicateState.values), name="registry_duplicate_state"),
            models.CheckConstraint(
                condition=Q(state=DuplicateState.OPEN, decided_at__isnull=True)
                | (~Q(state=DuplicateState.OPEN) & Q(decided_at__isnull=False)),
                name="registry_duplicate_decided_at",
            ),
            models.CheckConstraint(
                condition=Q(other__isnull=True) | ~Q(other=F("organisation")), name="registry_duplicate_of_another"
            ),
            models.CheckConstraint(
                condition=Q(other__isnull=False, fingerprint="") | (Q(other__isnull=True) & ~Q(fingerprint="")),
                name="registry_duplicate_two_sides",
            ),
            models.UniqueConstraint(
                fields=["organisation", "fingerprint"],
                condition=Q(other__isnull=True),
                name="registry_duplicate_row_once",
            ),
            models.UniqueConstraint(
                fields=["organisation", "other"],
                condition=Q(other__isnull=False),
                name="registry_duplicate_pair_once",
            ),
        ]

    def __str__(self):
        return f"{self.organisation}: {self.why}"


class HeadingMapping(models.Model):
    """What a person said a column of this source means; a blank field means "do not load"."""

    source = models.ForeignKey("registry.DataSource", on_delete=models.CASCADE, related_name="headings")
    heading = models.CharField("nagłówek", max_length=200)
    field = models.CharField("pole", max_length=40, blank=True)

    class Meta:
        verbose_name = "znaczenie nagłówka"
        verbose_name_plural = "znaczenia nagłówków"
        constraints = [models.UniqueConstraint(fields=["source", "heading"], name="registry_heading_once")]

    def __str__(self):
        return f"{self.heading}: {self.field or 'pomijać'}"


class NameKey(models.Model):
    """A name of the register as the import compares it. Derived: every import brings it up to date before matching.

    Not an expression index, because folding and dropping common words in SQL costs 80 microseconds a name.
    """

    institution = models.OneToOneField(
        "registry.Institution", null=True, on_delete=models.CASCADE, related_name="name_key"
    )
    unit = models.OneToOneField("registry.Unit", null=True, on_delete=models.CASCADE, related_name="name_key")
    name = models.CharField(max_length=400)
    folded = models.CharField(max_length=400, db_collation="C")
    # The folded name without words that many names share.
    core = models.CharField(max_length=400)
    # At most one of NIP, REGON and KRS is known: the only rows that a name may be matched with when it has them all.
    thin = models.BooleanField(default=False)

    class Meta:
        verbose_name = "klucz nazwy"
        verbose_name_plural = "klucze nazw"
        indexes = [
            models.Index(fields=["folded"], name="registry_namekey_folded"),
            GinIndex(fields=["core"], opclasses=["gin_trgm_ops"], name="registry_namekey_core"),
            GinIndex(
                fields=["core"],
                opclasses=["gin_trgm_ops"],
                condition=Q(thin=True),
                name="registry_namekey_thin",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(institution__isnull=True) ^ Q(unit__isnull=True), name="registry_namekey_of_one"
            )
        ]

    def __str__(self):
        return self.folded
