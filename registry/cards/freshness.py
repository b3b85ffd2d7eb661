"""How sure we are of a card, in words."""

from core.templatetags.portal import date_words, plural
from registry.choices import Activity, Channel, Verifier

CONFIRMED = {
    Verifier.REPRESENTATIVE: "Dane potwierdził przedstawiciel podmiotu",
    Verifier.COORDINATOR: "Dane potwierdził koordynator portalu",
    Verifier.REGISTER: "Dane zgodne z rejestrem publicznym, sprawdzono",
}
# Ways that say more than who it was.
TOLD = (Channel.LETTER, Channel.PANEL, Channel.CALL)


def confirmed(organisation):
    """ "Dane potwierdził przedstawiciel podmiotu 3 listopada 2026 (odpowiedź na list)".

    The day on which somebody said so, never that of a technical change. The way comes from the row of the same day
    among `last_confirmations` (registry.cards.reading).
    """
    if not organisation.verified_on:
        return "Danych nikt jeszcze nie potwierdził"
    who = CONFIRMED.get(organisation.verified_by, "Dane potwierdzono")
    last = next((one for one in organisation.last_confirmations if one.day == organisation.verified_on), None)
    way = origin(last) if last and last.by == organisation.verified_by else ""
    return f"{who} {date_words(organisation.verified_on)}" + (f" ({way})" if way else "")


def origin(confirmation):
    """From what source a confirmation came: "odpowiedź na list", the name of a register; empty when that says
    nothing more than the role does."""
    if confirmation.channel == Channel.IMPORT:
        return confirmation.source.name if confirmation.source else ""
    return confirmation.get_channel_display() if confirmation.channel in TOLD else ""


def warning(organisation, *, today):
    """(kind of notice, title, text) when a reader should be careful, or None."""
    if ended := ended_on(organisation, today=today):
        return (
            "bad",
            f"Ten podmiot zakończył działalność {date_words(ended)}.",
            "Karta zostaje, żeby było to wiadomo.",
        )
    if expired := expired_on(organisation, today=today):
        return (
            "warn",
            f"Status tej jednostki był ważny do {date_words(expired)}.",
            "Katalog nie zna nowszej decyzji wojewody.",
        )
    if organisation.activity == Activity.INACTIVE:
        return (
            "bad",
            "Ten podmiot prawdopodobnie już nie działa.",
            "Nie odpowiada na prośby o potwierdzenie danych. Karta zostaje, żeby było wiadomo, co o nim wiemy.",
        )
    if organisation.activity == Activity.STALE:
        months = months_between(organisation.verified_on, today) if organisation.verified_on else 0
        since = f"od {months} {plural(months, 'miesiąca,miesięcy,miesięcy')}" if months else "od dawna"
        return ("warn", f"Danych nikt nie potwierdził {since}.", "Zadzwoń lub napisz, zanim na nich polegasz.")
    return None


def ended_on(organisation, *, today):
    """The day on which it ended its work, or None."""
    closing = getattr(organisation, "closing", None)
    ended = closing.ended_on if closing else organisation.unit and organisation.unit.ended_on
    return ended if ended and ended <= today else None


def expired_on(organisation, *, today):
    """The last day of a unit's status when it is over, or None."""
    expires = organisation.unit and organisation.unit.expires_on
    return expires if expires and expires < today else None


def months_between(earlier, later):
    """Whole months from one date to a later one."""
    return (later.year - earlier.year) * 12 + later.month - earlier.month - (later.day < earlier.day)
