"""What an organisation does with an inquiry by its link or from the panel: answers, asks, says no."""

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from accounts.choices import Role
from accounts.models import RoleGrant
from core.exceptions import Refused
from core.signed_files import SUFFIXES, taken
from notifications.outbox import enqueue
from procurement.choices import InquiryStepName, Opening
from procurement.models import Addressee, Inquiry, InquiryQuestion, InquiryStep, Reply
from procurement.use_cases.matching.inquiries import LETTER, link_of

MOST_REPLIES, MOST_QUESTIONS = 20, 20
NOTHING_SAID = "Napisz odpowiedź albo dołącz plik."


@transaction.atomic
def reply(*, addressee, text, price, sender_name, sender_email, file=None, actor=None, now):
    """Send an answer; a later one takes its place until the deadline. Whoever sent it gets a receipt. The same words
    sent twice are one answer.

    Refused: closed, nothing said, a file that is not what it looks like.
    """
    addressee = _locked(addressee, now)
    if not text.strip() and not file:
        raise Refused(NOTHING_SAID, field="text")
    last = addressee.replies.order_by("sent_at", "pk").last()
    said = (text.strip(), price, sender_name.strip(), sender_email)
    is_same = last and said == (last.text, last.price, last.sender_name, last.sender_email)
    if is_same and not file and not last.file:
        return last
    if addressee.replies.count() >= MOST_REPLIES:
        raise Refused("Odpowiedź zmieniano już zbyt wiele razy. Napisz do zamawiającego.")
    made = Reply(
        addressee=addressee, text=text.strip(), price=price, sender_name=sender_name.strip(),
        sender_email=sender_email, sent_at=now, sent_by=actor,
    )  # fmt: skip
    _keep(made, file)
    addressee.declined_at = None
    addressee.save(update_fields=["declined_at"])
    # The record says that something came, not what.
    InquiryStep.objects.create(
        inquiry=addressee.inquiry, name=InquiryStepName.REPLIED, note=str(addressee.organisation), made_at=now
    )
    _receipt(made, addressee, actor, now)
    _tell_officers(addressee.inquiry, "came", f"reply:{made.pk}", now)
    return made


@transaction.atomic
def decline(*, addressee, now):
    """Say that there will be no answer. Refused: closed, answered already."""
    addressee = _locked(addressee, now)
    if addressee.replies.exists():
        raise Refused("Odpowiedź została już wysłana.")
    if addressee.declined_at is None:
        addressee.declined_at = now
        addressee.save(update_fields=["declined_at"])
        InquiryStep.objects.create(
            inquiry=addressee.inquiry, name=InquiryStepName.DECLINED, note=str(addressee.organisation), made_at=now
        )


@transaction.atomic
def ask(*, addressee, question, now):
    """Ask something; the officer answers to everybody. The same asked again, as long as nobody has answered, is one
    question. Refused: closed, empty, too many."""
    addressee = _locked(addressee, now)
    if not question.strip():
        raise Refused("Napisz pytanie.", field="question")
    waiting = InquiryQuestion.objects.filter(addressee=addressee, question=question.strip(), answered_at=None)
    if same := waiting.first():
        return same
    if InquiryQuestion.objects.filter(addressee=addressee).count() >= MOST_QUESTIONS:
        raise Refused("Zadano już zbyt wiele pytań. Napisz do zamawiającego.", field="question")
    made = InquiryQuestion.objects.create(
        inquiry=addressee.inquiry, addressee=addressee, question=question.strip(), asked_at=now
    )
    _tell_officers(addressee.inquiry, "question", f"question:{made.pk}", now, question=made)
    return made


def _locked(addressee, now):
    inquiry = Inquiry.objects.select_for_update(of=("self",)).with_owner().get(pk=addressee.inquiry_id)
    if inquiry.withdrawn_at:
        raise Refused("Zamawiający wycofał to zapytanie.")
    if not inquiry.is_open(now):
        raise Refused("Termin odpowiedzi minął.")
    addressee = Addressee.objects.select_related(
        "organisation__institution", "organisation__unit__operator"
    ).get(pk=addressee.pk)  # fmt: skip
    addressee.inquiry = inquiry
    return addressee


def _keep(made, file):
    """Save the answer and its file: no file without a row that names it."""
    try:
        if file:
            made.content_type, content = _content(file)
            made.file.save(f"odpowiedz.{SUFFIXES[made.content_type]}", ContentFile(content), save=False)
        made.save()
    except BaseException:
        if made.file:
            default_storage.delete(made.file.name)
        raise


def _content(file):
    try:
        return taken(file)
    except Refused as refusal:
        raise Refused(str(refusal), field="file") from refusal


def _receipt(made, addressee, actor, now):
    enqueue(
        to=made.sender_email,
        user=actor,
        template=LETTER.format("receipt"),
        context={
            "inquiry": addressee.inquiry,
            "organisation": str(addressee.organisation),
            "reply": made,
            "link": link_of(addressee),
        },
        dedupe_key=f"procurement-receipt:{made.pk}",
        now=now,
    )


def _tell_officers(inquiry, name, key, now, **more):
    """Who bought for this authority or unit today. Of sealed replies only that one came is told."""
    grants = RoleGrant.objects.held_by_active(Role.OFFICER, timezone.localdate(now)).filter(
        authority=inquiry.authority
    )
    users = {grant.user for grant in grants if grant.ordering_unit_id in (None, inquiry.unit_id)}
    for user in sorted(users, key=lambda one: one.pk):
        enqueue(
            to=user.email,
            user=user,
            template=LETTER.format(name),
            context={
                "inquiry": inquiry,
                "sealed": inquiry.opening == Opening.AFTER,
                "link": settings.SITE_URL + reverse("procurement:inquiry", args=[inquiry.pk]),
                **more,
            },
            dedupe_key=f"procurement-officers:{key}:{user.pk}",
            now=now,
        )
