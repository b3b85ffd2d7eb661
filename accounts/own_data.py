"""What is held on one person, class by class: rows of a name in Polish and a value, for the page and for the file."""

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db.models import Q

from accounts.agents import describe
from accounts.models import Consent, ErasureRequest, Invitation, Job, RoleGrant, TrailEntry
from notifications.letters import label_of
from notifications.models import OutgoingEmail, Preference, QuietHours

FACTOR_WORDS = {
    Authenticator.Type.TOTP: "aplikacja",
    Authenticator.Type.WEBAUTHN: "klucz",
    Authenticator.Type.RECOVERY_CODES: "kody zapasowe",
}


def account(user):
    return [
        {
            "adres e-mail": user.email,
            "imię i nazwisko": user.full_name,
            "założono": user.created_at,
            "ostatnie logowanie": user.last_login,
        }
    ]


def sessions(user):
    return [
        {
            "urządzenie": describe(one.user_agent),
            "adres IP": one.ip,
            "od": one.created_at,
            "ostatnio": one.last_seen_at,
        }
        for one in UserSession.objects.filter(user=user).order_by("-pk")
    ]


def factors(user):
    rows = Authenticator.objects.filter(user=user).order_by("pk")
    return [{"rodzaj": FACTOR_WORDS[row.type], "dodano": row.created_at, "użyto": row.last_used_at} for row in rows]


def roles(user):
    rows = RoleGrant.objects.filter(user=user).order_by("starts_on", "pk")
    related = ("organisation__institution", "organisation__unit", "authority__institution", "ordering_unit")
    return [
        {
            "rola": row.get_role_display(),
            "w imieniu": str(row.ordering_unit or row.authority or row.organisation or ""),
            "od dnia": row.starts_on,
            "do dnia": row.ends_on,
        }
        for row in rows.select_related(*related)
    ]


def invitations(user):
    rows = Invitation.objects.filter(email__iexact=user.email).order_by("pk")
    return [
        {
            "rola": row.get_role_display(),
            "wysłano": row.invited_at,
            "ważne do": row.expires_at,
            "przyjęto": row.accepted_at,
            "wycofano": row.withdrawn_at,
        }
        for row in rows
    ]


def letters(user):
    """Without the body of letters that hold a one-time link: whoever reads the file could use it."""
    rows = OutgoingEmail.objects.filter(to__iexact=user.email).order_by("-pk")
    return [
        {
            "temat": row.subject,
            "powstał": row.created_at,
            "wysłano": row.sent_at,
            "treść": "" if row.secrets else row.body,
        }
        for row in rows
    ]


def letter_choices(user):
    rows = [
        {"list": label_of(one.template), "jak często": one.get_frequency_display()}
        for one in Preference.objects.filter(user=user).order_by("template")
    ]
    return rows + [{"list": "godziny ciszy", "jak często": str(one)} for one in QuietHours.objects.filter(user=user)]


def consents(user):
    rows = Consent.objects.filter(user=user).select_related("document").order_by("pk")
    return [
        {
            "na co": row.document.title,
            "wersja": row.document.version,
            "wyrażono": row.given_at,
            "wycofano": row.withdrawn_at,
        }
        for row in rows
    ]


def trail(user):
    """What this person did, and what was done about them. Of what they did about others only that they did it."""
    rows = TrailEntry.objects.filter(Q(actor=user) | Q(subject=user)).order_by("-at", "-pk")
    return [_trail_row(row, user) for row in rows]


def _trail_row(row, user):
    about_others = row.subject_id not in (None, user.pk)
    return {
        "kiedy": row.at,
        "co": row.get_kind_display(),
        "czego dotyczy": "innej osoby" if about_others else row.about,
        "kto": "" if row.actor_id is None else "ta osoba" if row.actor_id == user.pk else "pracownik portalu",
    }


def jobs(user):
    return [
        {"co": row.title, "zlecono": row.asked_at, "stan": row.get_state_display()} for row in Job.objects.of(user)
    ]


def erasures(user):
    rows = ErasureRequest.objects.filter(user=user).order_by("pk")
    return [
        {
            "poproszono": row.asked_at,
            "powód": row.reason,
            "rozstrzygnięto": row.decided_at,
            "rozstrzygnięcie": row.get_outcome_display(),
            "odpowiedź": row.answer,
        }
        for row in rows
    ]
