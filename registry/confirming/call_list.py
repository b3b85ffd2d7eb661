"""Whom coordinators ring, in which order and why: those that letters do not reach, or who do not answer them."""

from datetime import timedelta

from django.db.models import TextChoices
from django.utils import timezone

from accounts.choices import Role
from registry.choices import Answer, CallOutcome
from registry.confirming.board import NOTHING
from registry.confirming.cards import months_before
from registry.models import CallAttempt, FreshnessRule
from registry.sql import fetch

PER_PAGE = 30
# Whoever was rung within these days comes after all others.
REST = timedelta(days=7)


class Reason(TextChoices):
    """Why a card is on the list; in this order."""

    CLOSING = "nie-dzialamy", "piszą, że już nie działają"
    SILENT = "milczy", "dwa listy bez odpowiedzi"
    NO_ADDRESS = "bez-adresu", "nie ma adresu e-mail"
    BOUNCED = "zwrot", "list nie doszedł"
    CHANGES = "zmiany", "piszą, że coś się zmieniło"


# `since` as in registry.confirming.cards.standing(); the last request decides, and what somebody answered holds until
# the card is confirmed on a later day.
_SQL = """
WITH cards AS (
    SELECT o.id, o.slug, o.kind_id, o.support_centre, o.verified_on, o.activity,
           coalesce(o.verified_on, (o.published_at AT TIME ZONE 'Europe/Warsaw')::date) AS since,
           coalesce(u.name, i.name) AS name, coalesce(u.sort_key, i.sort_key) AS sort_key,
           CASE WHEN u.id IS NULL THEN i.county_id ELSE u.county_id END AS county_id,
           coalesce(nullif(u.phone, ''), i.phone, '') AS phone,
           coalesce(nullif(u.phone_other, ''), i.phone_other, '') AS phone_other,
           coalesce(u.email, '') <> '' OR coalesce(i.email, '') <> '' AS has_mail
    FROM registry_organisation o
    LEFT JOIN registry_institution i ON i.id = o.institution_id
    LEFT JOIN registry_unit u ON u.id = o.unit_id
    WHERE o.published_at IS NOT NULL AND o.removed_at IS NULL
    AND NOT EXISTS (SELECT FROM registry_closing c WHERE c.organisation_id = o.id)
), requests AS (
    SELECT DISTINCT ON (r.organisation_id) r.organisation_id, r.asked_on, r.ended_on, r.answer, r.first_reminded_on,
           (r.answered_at AT TIME ZONE 'Europe/Warsaw')::date AS answered_on, m.failed_at IS NOT NULL AS failed
    FROM registry_confirmationrequest r LEFT JOIN notifications_outgoingemail m ON m.id = r.letter_id
    ORDER BY r.organisation_id, r.asked_on DESC, r.id DESC
), calls AS (
    SELECT DISTINCT ON (organisation_id) organisation_id, made_at, outcome,
           (made_at AT TIME ZONE 'Europe/Warsaw')::date AS made_on
    FROM registry_callattempt ORDER BY organisation_id, made_at DESC, id DESC
), people AS (
    SELECT DISTINCT g.organisation_id FROM accounts_rolegrant g JOIN accounts_user a ON a.id = g.user_id
    WHERE g.role = %(representative)s AND a.is_active AND g.starts_on <= %(today)s
    AND (g.ends_on IS NULL OR g.ends_on > %(today)s)
), reasons AS (
    SELECT c.*, r.asked_on, l.made_at, CASE
        WHEN r.answer = %(closing)s AND (c.verified_on IS NULL OR c.verified_on < r.answered_on) THEN %(r_closing)s
        WHEN r.ended_on IS NULL AND r.first_reminded_on IS NOT NULL THEN %(r_silent)s
        WHEN (r.organisation_id IS NULL OR r.ended_on IS NOT NULL) AND c.since <= %(due)s
             AND NOT c.has_mail AND p.organisation_id IS NULL THEN %(r_no_address)s
        WHEN r.ended_on IS NULL AND r.failed THEN %(r_bounced)s
        WHEN r.answer = %(changes)s AND (c.verified_on IS NULL OR c.verified_on < r.answered_on) THEN %(r_changes)s
        END AS reason
    FROM cards c
    LEFT JOIN requests r ON r.organisation_id = c.id
    LEFT JOIN calls l ON l.organisation_id = c.id
    LEFT JOIN people p ON p.organisation_id = c.id
    WHERE l.outcome IS DISTINCT FROM %(closed)s OR l.made_on <= c.since
)
SELECT id, slug, name, county_id, kind_id, support_centre, phone, phone_other, since, verified_on, activity, reason,
       asked_on, count(*) OVER ()
FROM reasons WHERE reason IS NOT NULL {narrowed}
ORDER BY coalesce(made_at > %(rested)s, FALSE), array_position(%(order)s::text[], reason), since, sort_key, id
LIMIT %(limit)s OFFSET %(offset)s
"""
_NAMES = "id slug name county kind centre phone phone_other since verified_on activity reason asked_on total".split()
# {name of a filter: its condition}
_FILTERS = {
    "powiat": "AND coalesce(county_id, '') = %(powiat)s",
    "rodzaj": "AND kind_id = %(rodzaj)s",
    "opiekun": "AND support_centre = %(opiekun)s",
    "powod": "AND reason = %(powod)s",
    "karta": "AND id = %(karta)s",
}


def to_call(rule, now, today, *, filters=None, page=1):
    """(lines of one page, how many there are): dicts by _NAMES with `reason_words` and `tries`, the last ones first.

    `filters`: {"powiat", "rodzaj", "opiekun", "powod": code, "karta": id}, NOTHING for what is not said. Two queries.
    """
    asked = {name: "" if value == NOTHING else value for name, value in (filters or {}).items() if value}
    given = {
        "today": today,
        "representative": Role.REPRESENTATIVE.value,
        "due": months_before(today, rule.ask_after_months),
        "closing": Answer.CLOSING.value,
        "changes": Answer.CHANGES.value,
        "closed": CallOutcome.CLOSED.value,
        "rested": now - REST,
        "order": Reason.values,
        "limit": PER_PAGE,
        "offset": (page - 1) * PER_PAGE,
        **{f"r_{reason.name.lower()}": reason.value for reason in Reason},
        **asked,
    }
    sql = _SQL.format(narrowed=" ".join(_FILTERS[name] for name in asked))
    lines = [dict(zip(_NAMES, row, strict=True)) for row in fetch(sql, given)]
    tries = tries_of([line["id"] for line in lines])
    for line in lines:
        line["reason_words"] = Reason(line["reason"]).label
        line["tries"] = tries.get(line["id"], [])
    return lines, lines[0]["total"] if lines else 0


def to_call_count(now):
    """How many cards are on the list."""
    today = timezone.localdate(now)
    return to_call(FreshnessRule.objects.on(today), now, today)[1]


def tries_of(cards):
    """{card id: its CallAttempt, the newest first}"""
    found = {}
    rows = CallAttempt.objects.filter(organisation__in=cards).select_related("user")
    for one in rows.order_by("-made_at", "-pk"):
        found.setdefault(one.organisation_id, []).append(one)
    return found
