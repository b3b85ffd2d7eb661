"""Forms of the two kinds of party a card may stand for: a legal person, and a unit run by one."""

from core.polish import sort_key
from registry.admin.places import PlaceForm
from registry.models import Institution, Unit

ADDRESS = [
    ("street", "house_number", "flat_number"),
    ("postal_code", "post_office"),
    ("town", "municipality", "county"),
]
CONTACT = [("phone", "phone_other"), ("email", "www")]
INSTITUTION = [
    ("name", "short_name"),
    "legal_form",
    ("nip", "regon", "krs"),
    ("other_register", "other_register_number"),
    ("ade", "founded_year"),
    ("is_opp", "is_zpch"),
    ("has_ct9_status", "ct9_granted_on"),
]
UNIT = [
    ("name", "short_name"),
    "operator",
    ("regon", "register_number"),
    ("started_on", "expires_on", "ended_on"),
]
FIRST_YEAR, LAST_YEAR = 1800, 2100
OWN_LINES = {Institution: INSTITUTION, Unit: UNIT}


def lines(model):
    """All lines of the form of a party, as in Django's fieldsets."""
    return [*OWN_LINES[model], *ADDRESS, *CONTACT]


def names(rows):
    return [name for row in rows for name in ([row] if isinstance(row, str) else row)]


class PartyForm(PlaceForm):
    """Institution or Unit."""

    def clean(self):
        cleaned = super().clean()
        for field in ("nip", "regon", "krs"):
            if cleaned.get(field) and (other := self._holder(field, cleaned[field])):
                self.add_error(field, f"Ten {field.upper()} ma już w rejestrze: {other}.")
        self._dates(cleaned)
        return cleaned

    def _holder(self, field, value):
        """Who else in the register holds this identifier; said here, beside the field, before the database says it."""
        living = self.instance._meta.model.objects.filter(removed_at__isnull=True)
        return living.filter(**{field: value}).exclude(pk=self.instance.pk).first()

    def _dates(self, cleaned):
        started = cleaned.get("started_on")
        if started and cleaned.get("ended_on") and cleaned["ended_on"] < started:
            self.add_error("ended_on", "Koniec działalności nie może być przed jej początkiem.")
        if started and cleaned.get("expires_on") and cleaned["expires_on"] <= started:
            self.add_error("expires_on", "Status nie może wygasnąć przed początkiem działalności.")
        if cleaned.get("ct9_granted_on") and not cleaned.get("has_ct9_status"):
            self.add_error("has_ct9_status", "Podano datę dawnego statusu, więc zaznacz też sam status.")
        year = cleaned.get("founded_year")
        if year is not None and not FIRST_YEAR <= year <= LAST_YEAR:
            self.add_error("founded_year", f"Rok założenia: od {FIRST_YEAR} do {LAST_YEAR}.")

    def save(self, commit=True):
        self.instance.sort_key = sort_key(self.instance.name)
        return super().save(commit)
