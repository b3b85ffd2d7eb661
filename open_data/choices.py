"""The data sets of the feed of changes; their names are those of the API."""

from django.db import models


class Dataset(models.IntegerChoices):
    """What is stored, and the name of it in addresses."""

    ORGANISATIONS = 1, "organisations"
    OFFERS = 2, "offers"
    UNITS = 3, "units"
    STATUSES = 4, "statuses"
    EVENTS = 5, "events"
    PROCUREMENT = 6, "procurement"
    MARK_HOLDERS = 7, "mark-holders"
