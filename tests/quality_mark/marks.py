"""Marks as the use cases make them."""

from datetime import date, timedelta

from dateutil.relativedelta import relativedelta
from django.db import transaction
from django.utils import timezone

from accounts.choices import Role
from quality_mark.choices import ApplicationKind, ApplicationState, SignedBy
from quality_mark.models import Agreement, Licence, Mark
from quality_mark.use_cases import agreements
from quality_mark.use_cases.recording import record
from tests.accounts.factories import account
from tests.quality_mark.factories import NOW, ApplicationFactory
from tests.registry.factories import OfferFactory

TERMS = {"reminder_days": [60, 30, 14]}
DAY = timedelta(days=1)


def offer(**more):
    return OfferFactory(organisation__published=True, **more)


def granted(**more):
    """An application whose agreement has come back signed."""
    if "offer" not in more:
        more["offer"] = offer()
    if "rulebook" not in more:
        more |= {f"rulebook__{name}": value for name, value in TERMS.items()}
    one = ApplicationFactory(state=ApplicationState.GRANTED, **more)
    agreement = agreements.prepare(application_id=one.pk, now=NOW)
    Agreement.objects.filter(pk=agreement.pk).update(
        holder_signed_at=NOW, holder_signed_by=SignedBy.DECLARATION, signed_name="Anna Lis"
    )
    return one


def marked(begins=date(2026, 3, 1), *, number=None, now=NOW, **more):
    """A mark with one licence of a year from `begins` on, and its row in the registry."""
    count = Mark.objects.count() + 1
    number = number or f"ZP/2026/{count:03}"
    if "offer" not in more:
        more["offer"] = offer()
    if "rulebook" not in more:
        more |= {f"rulebook__{name}": value for name, value in TERMS.items()}
    application = ApplicationFactory(state=ApplicationState.ACTIVE, number=number, **more)
    until = begins + relativedelta(months=12) - DAY
    with transaction.atomic():
        mark = Mark.objects.create(number=number, offer=application.offer, since=begins, valid_until=until)
        Licence.objects.create(
            mark=mark, application=application, granted_on=begins, valid_until=until, holder_signed_on=begins,
            office_signed_on=begins, holder_signed_by=SignedBy.DECLARATION,
        )  # fmt: skip
        record(mark.pk, now=now)
    return mark


def renewal(mark, state=ApplicationState.SUBMITTED, **more):
    """A renewal of the mark under the rules of its last licence."""
    rulebook = mark.licences.last().application.rulebook
    more.setdefault("number", f"ZP/2027/{mark.renewals.count() + 1:03}{mark.pk}")
    return ApplicationFactory(
        kind=ApplicationKind.RENEWAL, mark=mark, offer=mark.offer, rulebook=rulebook, state=state, **more
    )


def holder(mark):
    return account(Role.REPRESENTATIVE, organisation=mark.offer.organisation, email=f"podmiot{mark.pk}@example.pl")


def at(*moment):
    """A moment of Warsaw."""
    return timezone.make_aware(timezone.datetime(*moment))


def content(file):
    """The bytes of a stored file."""
    with file.open() as opened:
        return opened.read()
