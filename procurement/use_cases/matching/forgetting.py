"""People in inquiries and shortlists: what is held on one of them, and what goes when its time is over."""

from datetime import timedelta

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Q

from procurement.models import Inquiry, InquiryQuestion, InquiryStep, Interest, Reply, Shortlist, SupplyFit

BATCH = 200
NOBODY = "(dane usunięte)"


def replies_of(user):
    rows = _of(user).select_related("addressee__inquiry").order_by("pk")
    return [
        {
            "zapytanie": row.addressee.inquiry.subject,
            "nadesłano": row.sent_at,
            "imię i nazwisko": row.sender_name,
            "e-mail": row.sender_email,
            "odpowiedź": row.text,
            "cena": row.price,
            "plik": "jest" if row.file else "nie ma",
        }
        for row in rows
    ]


def erase_replies_of(user, now):
    """The answer of an organisation stays in the file of the case, without the person who sent it."""
    _of(user).update(sender_name=NOBODY, sender_email="", sent_by=None)


def work_of(user):
    asked = [{"zapytanie": one.subject, "wysłano": one.sent_at} for one in Inquiry.objects.filter(sent_by=user)]
    lists = [{"lista": one.name, "założono": one.created_at} for one in Shortlist.objects.filter(created_by=user)]
    said = Interest.objects.filter(said_by=user)
    return [
        *asked,
        *lists,
        *({"głos o zamówieniu": one.posting_id, "powiedziano": one.said_at, "słowa": one.words} for one in said),
    ]


def erase_work_of(user, now):
    """Who did it is forgotten; what was done belongs to the authority or the organisation."""
    Inquiry.objects.filter(sent_by=user).update(sent_by=None)
    InquiryStep.objects.filter(made_by=user).update(made_by=None)
    InquiryQuestion.objects.filter(answered_by=user).update(answered_by=None)
    Shortlist.objects.filter(created_by=user).update(created_by=None)
    Interest.objects.filter(said_by=user).update(said_by=None)


@transaction.atomic
def forget_inquiries(now):
    """Whole inquiries with their replies, the files before their rows."""
    limit = now - timedelta(days=settings.INQUIRY_KEPT_DAYS)
    old = list(Inquiry.objects.filter(deadline_at__lt=limit).order_by("pk").values_list("pk", flat=True)[:BATCH])
    for name in Reply.objects.filter(addressee__inquiry__in=old).exclude(file="").values_list("file", flat=True):
        default_storage.delete(name)
    Inquiry.objects.filter(pk__in=old).delete()
    return len(old)


@transaction.atomic
def forget_work(now):
    """Lists that led to nothing, and what suppliers said of orders of long ago."""
    lists = Shortlist.objects.filter(
        changed_at__lt=now - timedelta(days=settings.INQUIRY_KEPT_DAYS), inquiries=None
    ).values_list("pk", flat=True)[:BATCH]
    count = Shortlist.objects.filter(pk__in=list(lists)).delete()[1].get("procurement.Shortlist", 0)
    limit = now - timedelta(days=settings.SUPPLY_KEPT_DAYS)
    for model, old in ((Interest, Q(said_at__lt=limit)), (SupplyFit, Q(found_at__lt=limit))):
        batch = model.objects.filter(old).order_by("pk").values_list("pk", flat=True)[: BATCH * 10]
        count += model.objects.filter(pk__in=list(batch)).delete()[0]
    return count


def _of(user):
    return Reply.objects.filter(Q(sent_by=user) | Q(sender_email__iexact=user.email))
