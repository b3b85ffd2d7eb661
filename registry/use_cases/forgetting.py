"""People in the register: what is held on one of them, and what is forgotten when its time is over.

Each `forget_…` removes at most one batch and says how many rows it was, so that a killed night loses one batch.
"""

from datetime import timedelta

from django.conf import settings
from django.db import connection
from django.db.models import Count, Max
from pghistory.models import Context

from registry.models import Closing, ErrorReport, ImportRun, StatusReport

BATCH = 1000

_FORMER_CONTACT_PERSONS = """
UPDATE registry_organisationevent SET contact_person = '', contact_consent_on = NULL WHERE pgh_id IN (
    SELECT e.pgh_id FROM registry_organisationevent e LEFT JOIN registry_organisation o ON o.id = e.pgh_obj_id
    WHERE e.contact_person <> '' AND e.pgh_created_at < %s AND e.contact_person IS DISTINCT FROM o.contact_person
    LIMIT %s
)
"""
_AUTHORS = """
UPDATE pghistory_context SET metadata = metadata - 'user' - 'url' WHERE id IN (
    SELECT id FROM pghistory_context WHERE created_at < %s AND metadata ?| ARRAY['user', 'url'] LIMIT %s
)
"""


def reports_of(user):
    """Reports of errors that ask for an answer to this person's address."""
    rows = _reports_of(user).select_related("organisation__institution", "organisation__unit").order_by("pk")
    return [
        {
            "podmiot": str(row.organisation),
            "zgłoszono": row.created_at,
            "treść": row.message,
            "e-mail": row.email,
            "załatwiono": row.settled_at,
            "odpowiedź": row.answer,
        }
        for row in rows
    ]


def erase_reports_of(user, now):
    """The report stays as a report of nobody."""
    _reports_of(user).update(email="")


def forget_reports(now):
    """Settled ones a year later, their addresses sooner, and what was suspected and nobody has called a true one."""
    settled, suspected = ErrorReport.objects.filter(settled_at__isnull=False), ErrorReport.objects.suspected()
    return (
        _delete_batch(settled.filter(settled_at__lt=now - timedelta(days=settings.ERROR_REPORT_KEPT_DAYS)))
        + _delete_batch(suspected.filter(created_at__lt=now - timedelta(days=settings.SUSPECTED_REPORT_KEPT_DAYS)))
        + _forget_addresses(settled, now - timedelta(days=settings.ERROR_REPORT_ADDRESS_KEPT_DAYS))
    )


def _forget_addresses(settled, limit):
    rows = settled.filter(settled_at__lt=limit).exclude(email="").order_by("pk")
    return ErrorReport.objects.filter(pk__in=rows.values("pk")[:BATCH]).update(email="")


def terms_noted_by(user):
    """What this person wrote down of organisations, by how many."""
    counts = {
        "zapisane sprawozdania PS": StatusReport.objects.filter(noted_by=user).count(),
        "zapisane zakończenia działalności": Closing.objects.filter(noted_by=user).count(),
    }
    return [{name: count} for name, count in counts.items() if count]


def erase_terms_noted_by(user, now):
    """What was noted stays, by nobody; in its history too."""
    for model in (StatusReport, Closing):
        model.objects.filter(noted_by=user).update(noted_by=None)
        model.pgh_event_model.objects.filter(noted_by=user.pk).update(noted_by=None)


def imports_of(user):
    rows = ImportRun.objects.filter(started_by=user).order_by("pk").values_list("file_name", "created_at")
    return [{"plik": name, "wczytano": at} for name, at in rows]


def changes_of(user):
    """How many, not which: the changes speak of organisations."""
    saved = Context.objects.filter(metadata__user=user.pk).aggregate(number=Count("pk"), last=Max("created_at"))
    return [{"zapisane zmiany": saved["number"], "ostatnia": saved["last"]}] if saved["number"] else []


def forget_former_contact_persons(now):
    """Who is no longer named on the card, or never was since, leaves the history of the card too."""
    return _run(_FORMER_CONTACT_PERSONS, now - timedelta(days=settings.CONTACT_HISTORY_KEPT_DAYS))


def forget_authors_of_changes(now):
    """The change stays; whose account made it, and on which page, goes."""
    return _run(_AUTHORS, now - timedelta(days=settings.CHANGE_AUTHOR_KEPT_DAYS))


def _reports_of(user):
    return ErrorReport.objects.filter(email__iexact=user.email)


def _delete_batch(rows):
    count, _ = rows.model.objects.filter(pk__in=rows.order_by("pk").values("pk")[:BATCH]).delete()
    return count


def _run(statement, limit):
    with connection.cursor() as cursor:
        cursor.execute(statement, [limit, BATCH])
        return cursor.rowcount
