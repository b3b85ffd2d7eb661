"""People named on notices: what is held on one of them, and what is forgotten when its time is over."""

from datetime import timedelta

from django.apps import apps
from django.conf import settings
from django.db import transaction
from django.db.models import Q

from procurement.models import EntryChange, Notice, NoticeStep

BATCH = 500
_NOBODY = {"contact_name": "", "contact_email": "", "contact_phone": ""}


def notices_of(user):
    rows = Notice.objects.filter(_named(user) | Q(created_by=user)).order_by("pk")
    return [
        {
            "ogłoszenie": row.subject,
            "stan": row.get_state_display(),
            "osoba do kontaktu": row.contact_name,
            "e-mail do pytań": row.contact_email,
            "telefon do pytań": row.contact_phone,
            "zaczęto": row.created_at,
        }
        for row in rows
    ]


def erase_notices_of(user, now):
    """The notice stays, and so does what was done with it; who answers and who did it goes, from its history too."""
    ids = list(Notice.objects.filter(_named(user)).values_list("pk", flat=True))
    _forget_contacts(ids)
    _history().filter(_named(user)).update(**_NOBODY)
    Notice.objects.filter(created_by=user).update(created_by=None)
    _history().filter(created_by=user.pk).update(created_by=None)
    NoticeStep.objects.filter(made_by=user).update(made_by=None)


@transaction.atomic
def forget_contacts(now):
    """Who answered questions about orders that ended long ago, or whose time for offers did; one batch."""
    limit = now - timedelta(days=settings.NOTICE_CONTACT_KEPT_DAYS)
    over = Q(ended_at__lt=limit) | Q(ended_at=None, changed_at__lt=limit) & (
        Q(deadline_at=None) | Q(deadline_at__lt=limit)
    )
    old = Notice.objects.filter(over).exclude(**_NOBODY).order_by("pk")
    return _forget_contacts(list(old.values_list("pk", flat=True)[:BATCH]))


def _forget_contacts(ids):
    count = Notice.objects.filter(pk__in=ids).update(**_NOBODY)
    if count:
        # No entry shows them, but the page does: what browsers hold of it is not true any more.
        EntryChange.objects.create()
    _history().filter(pgh_obj__in=ids).update(**_NOBODY)
    return count


def _named(user):
    return Q(contact_email__iexact=user.email) & ~Q(contact_email="")


def _history():
    return apps.get_model("procurement", "NoticeEvent").objects
