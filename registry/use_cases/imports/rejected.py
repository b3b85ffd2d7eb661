"""The refused rows of a run: those refused at once, those left at the last moment, and the file to mend them in."""

import io
from types import SimpleNamespace

from django.core.files.base import ContentFile

from registry.choices import ImportAction
from registry.models import ImportRow
from registry.spreadsheets import write_rejected


def mark_left(run, left):
    """Turn rows that could not be written after all into refused ones: [(row number, reason)]."""
    for number, reason in left:
        note = {"column": "", "value": "", "reason": reason}
        ImportRow.objects.filter(run=run, number=number).update(
            action=ImportAction.REJECT, reason=reason, notes=[note], changes={}, organisation=None, digest=None
        )


def write(run):
    """Keep the refused rows in the layout they came in, with a column that says why, as `run.rejected_file`."""
    rows = ImportRow.objects.filter(run=run, action=ImportAction.REJECT).order_by("number")
    if not rows.exists():
        return
    content = io.BytesIO()
    write_rejected(
        content,
        heading=[column["heading"] for column in run.mapping],
        rows_with_reasons=((raw, _told(notes)) for raw, notes in rows.values_list("raw", "notes").iterator()),
        like=SimpleNamespace(**run.layout),
    )
    name = f"odrzucone-{run.pk}.{'csv' if run.layout['format'] == 'csv' else 'xlsx'}"
    run.rejected_file.save(name, ContentFile(content.getvalue()), save=False)


def _told(notes):
    return f"{notes[0]['column']}: {notes[0]['reason']}" if notes[0]["column"] else notes[0]["reason"]
