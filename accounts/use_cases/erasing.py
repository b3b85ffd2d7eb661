"""How a person is taken out of each class of data of accounts and letters, in the transaction of erasure."""

import re
from functools import reduce
from operator import or_

import pgtrigger
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.admin.models import LogEntry
from django.db.models import F, Q
from django.db.models.functions import Greatest
from django.utils import timezone

from accounts import sessions
from accounts.jobs import keeping
from accounts.models import Consent, ErasureRequest, Invitation, Job, RoleGrant, TrailEntry
from notifications.models import OutgoingEmail, Preference, QuietHours

NOBODY = "(usunięto)"
ADDRESS = re.compile(r"[^\s<>(),;:]+@[^\s<>(),;:]+")


def erase_sessions(user, now):
    sessions.end(user)


def erase_factors(user, now):
    Authenticator.objects.filter(user=user).delete()


def erase_grants(user, now):
    today = timezone.localdate(now)
    open_ones = RoleGrant.objects.filter(Q(ends_on=None) | Q(ends_on__gt=today), user=user)
    open_ones.update(ends_on=Greatest(today, F("starts_on")))


def erase_invitations(user, now):
    Invitation.objects.filter(email__iexact=user.email).delete()
    Invitation.objects.filter(invited_by=user).update(invited_by=None)


def erase_jobs(user, now):
    """What is under way is broken off where it next tells how far it is; it finds its row gone."""
    for job in Job.objects.of(user):
        keeping.forget(job)


def erase_letters(user, now):
    """Those to the person go: sent, waiting or given up; the farewell is written after this. Others lose the name."""
    OutgoingEmail.objects.filter(Q(user=user) | _any("to__iexact", _addresses(user))).delete()
    said = _said(user)
    for letter in OutgoingEmail.objects.filter(_says("body", user) | _says("subject", user)):
        letter.subject, letter.body = said.sub(NOBODY, letter.subject)[:200], said.sub(NOBODY, letter.body)
        letter.save(update_fields=["subject", "body"])


def erase_letter_choices(user, now):
    Preference.objects.filter(Q(user=user) | Q(address__iexact=user.email)).delete()
    QuietHours.objects.filter(user=user).delete()


def erase_consents(user, now):
    Consent.objects.filter(user=user).delete()


def erase_requests(user, now):
    ErasureRequest.objects.filter(user=user).update(reason="", answer="")


def erase_from_trail(user, now):
    """The lines stay; the name and the address are taken out of their words. This is itself a line of the trail.

    Of lines about this person every address goes: people write former ones into reasons.
    """
    said = _said(user)
    with pgtrigger.ignore("accounts.TrailEntry:trail_is_final"):
        for entry in TrailEntry.objects.filter(_says("about", user) | Q(subject=user, about__contains="@")):
            about = said.sub(NOBODY, entry.about)
            entry.about = (ADDRESS.sub(NOBODY, about) if entry.subject_id == user.pk else about)[:300]
            entry.save(update_fields=["about"])


def erase_from_admin_log(user, now):
    LogEntry.objects.filter(_says("object_repr", user)).update(object_repr=NOBODY)
    LogEntry.objects.filter(_says("change_message", user)).update(change_message="")


def _says(field, user):
    return _any(f"{field}__icontains", _names(user))


def _any(lookup, words):
    return reduce(or_, (Q(**{lookup: word}) for word in words))


def _said(user):
    return re.compile("|".join(map(re.escape, _names(user))), re.IGNORECASE)


def _names(user):
    """The addresses, and the name when it is one that stands for nobody else: more than one word."""
    return [*_addresses(user), *([user.full_name] if " " in user.full_name.strip() else [])]


def _addresses(user):
    """The longest first, so that none is taken for the end of another."""
    known = EmailAddress.objects.filter(user=user).values_list("email", flat=True)
    return sorted({user.email, *known}, key=len, reverse=True)
