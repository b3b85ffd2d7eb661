"""Rows in which everything stands that must not get out, each value recognisable."""

import re
from datetime import timedelta
from itertools import count

from allauth.account.models import EmailAddress
from django.apps import apps
from django.db import models

from accounts.choices import Role
from accounts.models import Invitation
from events.choices import EventState
from events.models import EventMessage, FieldRemark, Signatory
from notifications import saving
from notifications.choices import AlertFrequency, Frequency
from notifications.models import OutgoingEmail, Preference
from procurement.choices import NoticeState
from procurement.models import Addressee, Inquiry, InquiryQuestion, Reply
from quality_mark.choices import ApplicationState
from quality_mark.models import Comment, Message, MisuseReport, Recommendation
from registry.choices import CallOutcome
from registry.models import (
    CallAttempt,
    ConfirmationRequest,
    ErrorReport,
    Proposal,
    RepresentationRequest,
    SocialEnterpriseStatus,
)
from tests.accounts.factories import account, authority, hold
from tests.events.factories import DelegationFactory, EventFactory, RegistrationFactory
from tests.procurement import orders
from tests.procurement.factories import PlanItemFactory
from tests.quality_mark.factories import ApplicationFactory
from tests.quality_mark.marks import granted
from tests.registry.factories import NOW, OfferFactory, OrganisationFactory

# Names that stand nowhere else; letters only, so that they also survive in addresses of pages and e-mails.
CANARY = "wyciekzdanych"
# {model: fields} that nobody but the office and the person may read.
SECRET = {
    "account.EmailAddress": "email",
    "accounts.User": "full_name email",
    "accounts.Invitation": "email",
    "registry.ErrorReport": "message email settlement",
    "registry.RepresentationRequest": "reason",
    "registry.SocialEnterpriseStatus": "loss_reason",
    "registry.ConfirmationRequest": "address",
    "registry.CallAttempt": "words",
    "registry.Proposal": "typed",
    "events.Participant": "first_name last_name email phone street_line special_needs diet answers",
    "events.Delegation": "job_title",
    "events.Registration": "first_name last_name email phone needs diet",
    "events.Enrolment": "email phone phone_other contact_name contact_phone contact_email",
    "events.Signatory": "name function",
    "events.FieldRemark": "words",
    "events.EventMessage": "subject body",
    "quality_mark.Application": "signed_name goal",
    "quality_mark.Recommendation": "recommender email text signed_name function",
    "quality_mark.Agreement": "signed_name",
    "quality_mark.MisuseReport": "place message email",
    "quality_mark.Message": "text",
    "quality_mark.Comment": "text",
    "procurement.Inquiry": "subject message",
    "procurement.Reply": "text sender_name sender_email",
    "procurement.InquiryQuestion": "question answer",
    "notifications.OutgoingEmail": "to subject body",
    "notifications.Preference": "address",
    "notifications.SavedSearch": "email",
}
# {model: fields} that look like the others and are there to be read: of institutions, and of persons on pages of what
# they answer questions about (with consent, as a constraint of the database wants it, on cards).
SHOWN = {
    "registry.Institution": "phone phone_other email",
    "registry.Unit": "phone phone_other email",
    "registry.Organisation": "contact_person",
    "events.Event": "contact_name contact_phone contact_email",
    "events.Edition": "contact_name contact_phone contact_email",
    "procurement.Notice": "contact_name contact_phone contact_email",
}
_PERSONAL = re.compile(r"(^|_)(email|phone|first_name|last_name|full_name|signed_name|sender_name|address_of)(_|$)")


def personal_fields():
    """{"app.Model.field"} of all tables that hold an e-mail address, a phone or a person's name; not their history."""
    for model in apps.get_models():
        if model._meta.proxy or hasattr(model, "pgh_tracked_model"):
            continue
        for field in model._meta.local_concrete_fields:
            named = _PERSONAL.search(field.name) or field.name in ("contact_name", "contact_person")
            if isinstance(field, models.EmailField) or (named and isinstance(field, models.CharField)):
                yield f"{model._meta.label}.{field.name}"


def listed(fields):
    return {f"{label}.{name}" for label, names in fields.items() for name in names.split()}


def people_around(card):
    """Everybody and everything that has to do with a public card and is nobody's business; then `stain` them."""
    user = account(Role.REPRESENTATIVE, organisation=card, email="przedstawiciel@example.pl")
    later = NOW + timedelta(days=9)
    ErrorReport.objects.create(organisation=card, message="x", email="x@example.pl")
    RepresentationRequest.objects.create(user=account(), organisation=card, reason="x", asked_at=NOW)
    SocialEnterpriseStatus.objects.filter(institution=card.institution).update(
        lost_on=NOW.date() + timedelta(days=90), loss_reason="x"
    )
    ConfirmationRequest.objects.create(
        organisation=card, address="x@example.pl", asked_on=NOW.date(), expires_on=later.date()
    )
    CallAttempt.objects.create(organisation=card, made_at=NOW, outcome=CallOutcome.NO_ANSWER, words="x")
    Proposal.objects.create(organisation=card, author=user, opened_at=NOW, saved_at=NOW)
    saving.ask_for_address(
        email="x@example.pl", search="katalog", query="", title="x", frequency=AlertFrequency.DAILY, now=NOW
    )
    event = EventFactory()
    RegistrationFactory(event=event, phone="+48710000001", needs="x", diet="x")
    delegated = DelegationFactory(enrolment__institution=card.institution, participant__user=user)
    Signatory.objects.create(enrolment=delegated.enrolment, name="x", function="x")
    FieldRemark.objects.create(enrolment=delegated.enrolment, field="name", words="x", made_at=NOW)
    EventMessage.objects.create(event=event, subject="x", body="x", states=[], recipients=1, sent_at=NOW)
    application = ApplicationFactory(
        offer=OfferFactory(organisation=card), state=ApplicationState.ASSESSMENT, started_by=user
    )
    Recommendation.objects.create(application=application, recommender="x", email="x@example.pl")
    granted(offer=OfferFactory(organisation=card))
    MisuseReport.objects.create(place="x", message="x", email="x@example.pl", reported_at=NOW)
    Message.objects.create(application=application, is_of_office=True, text="x", at=NOW)
    Comment.objects.create(application=application, text="x", at=NOW, author=account(Role.ASSESSOR))
    buyer = authority(name="Gmina Oława")
    hold(user, Role.OFFICER, authority=buyer)
    inquiry = Inquiry.objects.create(authority=buyer, subject="x", message="x", deadline_at=later, sent_at=NOW)
    asked = Addressee.objects.create(inquiry=inquiry, organisation=card)
    Reply.objects.create(addressee=asked, text="x", sender_name="x", sender_email="x@example.pl", sent_at=NOW)
    InquiryQuestion.objects.create(inquiry=inquiry, question="x", asked_at=NOW, answer="x", answered_at=NOW)
    EmailAddress.objects.get_or_create(user=user, email=user.email)
    Invitation.objects.create(
        email="x@example.pl", token_hash="x", role=Role.COORDINATOR, starts_on=NOW.date(), invited_at=NOW,
        expires_at=later,
    )  # fmt: skip
    Preference.objects.create(address="x@example.pl", template="x", frequency=Frequency.NEVER)
    OutgoingEmail.objects.create(
        to="x@example.pl", template="x", subject="x", body="x", dedupe_key="x", created_at=NOW, due_at=NOW
    )


def unpublished():
    """Things that are not for visitors, or not any more, each named by the canary."""
    names = (f"{CANARY}niejawne{number}" for number in count())
    draft = OrganisationFactory(institution__name=next(names), slug=next(names), description=next(names))
    OfferFactory(organisation=draft, name=next(names), description=next(names))
    gone = OrganisationFactory(institution__name=next(names), slug=next(names), published=True)
    type(gone).objects.filter(pk=gone.pk).update(published_at=None, removed_at=NOW)
    EventFactory(state=EventState.DRAFT, title=next(names), slug=next(names))
    orders.notice(state=NoticeState.DRAFT, subject=next(names))
    orders.notice(state=NoticeState.WITHDRAWN, subject=next(names))
    PlanItemFactory(subject=next(names))
    return [draft, gone]


def stain():
    """Writes a value of its own into each SECRET field of each row; returns those that could be written."""
    written = set()
    number = count()
    for label, fields in SECRET.items():
        model = apps.get_model(label)
        for name in fields.split():
            if name not in {field.name for field in model._meta.fields}:
                continue
            for row in model._base_manager.all():
                value = _value(model._meta.get_field(name), next(number))
                model._base_manager.filter(pk=row.pk).update(**{name: value})
                written.add(f"{label}.{name}")
    return written


def _value(field, number):
    if isinstance(field, models.JSONField):
        return {"pytanie": f"{CANARY}{number}"}
    if isinstance(field, models.EmailField) or field.name in ("email", "to", "address"):
        return f"{CANARY}{number}@example.pl"
    if "phone" in field.name:
        return f"+48987654{number:03}"
    return f"{CANARY}{number}"
