"""The report of a file with a plan, in the shape that all imports have."""

from procurement.use_cases.plans import comparing


def report_of(run, outcome, *, rehearsal=False):
    rejected = [one["rejection"] for one in run.drafts if one["rejection"]]
    warnings = [note for one in run.drafts if not one["rejection"] for note in one["warnings"]]
    return {
        "rows": len(run.drafts),
        "created": outcome.count(comparing.CREATED),
        # A position given up by its row is a change of it.
        "updated": outcome.count(comparing.UPDATED) + outcome.count(comparing.DROPPED),
        "unchanged": outcome.count(comparing.UNCHANGED),
        "duplicates": outcome.duplicates,
        "rejected": rejected,
        "warnings": [*run.notes, *warnings],
        # Published positions that the file does not have any more.
        "dropped": [{"position": one.number, "subject": one.subject} for one in outcome.dropped],
        "run": None if rehearsal else run.pk,
    }


def summary(report):
    """A few Polish lines for a person at a terminal."""
    lines = [
        f"Wierszy: {report['rows']}",
        f"nowe: {report['created']}, zmienione: {report['updated']}, bez zmian: {report['unchanged']}",
        f"powtórzone: {len(report['duplicates'])}, odrzucone: {len(report['rejected'])}, "
        f"uwagi: {len(report['warnings'])}, pozycje, z których się zrezygnowano: {len(report['dropped'])}",
    ]
    lines += [f"wiersz {one['row']}: {_where(one)}{one['reason']}" for one in report["rejected"]]
    return "\n".join(lines)


def _where(told):
    return f"{told['column']} „{told['value'][:60]}”: " if told["column"] else ""
