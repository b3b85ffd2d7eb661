"""What the columns of a file are: as far as their headings tell, and as a person has said."""

from django.db import transaction

from core.exceptions import Refused
from registry.choices import ImportState
from registry.models import HeadingMapping
from registry.spreadsheets import fold_heading
from registry.spreadsheets.headings import fields as known_fields
from registry.use_cases.imports import runs


def remembered(source):
    """{folded heading: field, or None for "do not load"} of a source."""
    return {heading: field or None for heading, field in source.headings.values_list("heading", "field")}


def describe(mapping):
    """A registry.spreadsheets Mapping as the list that an ImportRun keeps."""
    return [
        {
            "index": column.index,
            "heading": column.heading,
            "field": column.field,
            "guessed": column.guessed,
            "remembered": column.remembered,
            "proposal": column.proposal,
        }
        for column in mapping.columns
    ]


def choices():
    """Names of the fields a column may be given, composite ones and "ignored" included."""
    return known_fields()


@transaction.atomic
def remember(*, run_id, columns):
    """Take a person's word on columns of this source: {heading: field, or "" for "do not load"}.

    The run goes back to `uploaded`, to be staged anew; the next file of the source is read the same way. Refused for
    a field nobody knows and for a run that is being worked on or was written.
    """
    unknown = [field for field in columns.values() if field and field not in known_fields()]
    if unknown:
        raise Refused(f"Nie ma pola „{unknown[0]}”.")
    waiting = [ImportState.UPLOADED, ImportState.NEEDS_MAPPING, ImportState.STAGED, ImportState.FAILED]
    run = runs.advance(run_id, sources=waiting, target=ImportState.UPLOADED, error="")
    for heading, field in columns.items():
        folded = fold_heading(heading)[:200]
        if folded:
            HeadingMapping.objects.update_or_create(source=run.source, heading=folded, defaults={"field": field})
    runs.drop_rows(run_id)
    return run
