"""Small things of OCDS that every section is made of. What is not known is left out, never written as nothing."""

from datetime import date, datetime, time

from django.utils import timezone

LANGUAGE = "pl"
CATEGORIES = {"roboty": "works", "dostawy": "goods", "uslugi": "services"}


def known(**fields):
    """A dict of the fields that say something: no None, no empty text, no empty list. False and 0 are said."""
    return {name: value for name, value in fields.items() if value not in (None, "", [], {})}


def amount(value):
    """A net amount; None when there is none."""
    if value is None:
        return None
    return {"amount": float(value), "currency": "PLN", "valueAddedTaxIncluded": False}


def moment(value):
    """ISO 8601 with the Polish offset; a date is its first moment."""
    if value is None:
        return None
    if isinstance(value, date) and not isinstance(value, datetime):
        value = timezone.make_aware(datetime.combine(value, time.min), timezone.get_default_timezone())
    return timezone.localtime(value, timezone.get_default_timezone()).isoformat(timespec="seconds")


def period(start, end):
    """Of two dates or moments, either may be None. A last day ends with its last second."""
    if isinstance(end, date) and not isinstance(end, datetime):
        end = timezone.make_aware(datetime.combine(end, time(23, 59, 59)), timezone.get_default_timezone())
    return known(startDate=moment(start), endDate=moment(end))


def items(subject, codes):
    """What is bought: one item under its main CPV code, the others beside it; none without codes."""
    if not codes:
        return []
    main, *others = map(_classification, codes)
    return [known(id="1", description=subject, classification=main, additionalClassifications=others)]


def _classification(code):
    return {"scheme": "CPV", "id": code.code8, "description": code.label_pl}
