from django.db.models import IntegerChoices, TextChoices


class Format(TextChoices):
    """Files that a data set comes in; the value is the ending of the address."""

    CSV = "csv", "CSV"
    JSONL = "jsonl", "JSON Lines"
    GEOJSON = "geojson", "GeoJSON"
    XLSX = "xlsx", "XLSX"

    @property
    def content_type(self):
        return {
            "csv": "text/csv; charset=utf-8",
            # Registered by nobody yet, but what programs send for it.
            "jsonl": "application/jsonl; charset=utf-8",
            "geojson": "application/geo+json",
            "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        }[self.value]

    @property
    def media_type(self):
        """As IANA registers it, or "" ."""
        return "" if self == Format.JSONL else self.content_type.partition(";")[0]

    @property
    def file_type(self):
        """In the EU authority table of file types, which knows no JSON Lines."""
        return "JSON" if self == Format.JSONL else self.name


class Dataset(IntegerChoices):
    """The data sets of the feed of changes: what is stored, and the name that the API has for it."""

    ORGANISATIONS = 1, "organisations"
    OFFERS = 2, "offers"
    UNITS = 3, "units"
    STATUSES = 4, "statuses"
    EVENTS = 5, "events"
    PROCUREMENT = 6, "procurement"
    MARK_HOLDERS = 7, "mark-holders"
