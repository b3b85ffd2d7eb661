"""One verb for many rows, each in its own transaction; what is refused is told in words and stops nobody else."""

from dataclasses import dataclass, field

from accounts.jobs.running import Cancelled
from core.exceptions import Refused
from core.templatetags.portal import plural
from registry.choices import Verifier
from registry.models import Offer, Organisation
from registry.use_cases import offers, organisations

VERBS = {
    "publish": lambda pk, now: organisations.publish(organisation_id=pk, now=now),
    "withdraw": lambda pk, now: organisations.withdraw(organisation_id=pk, now=now),
    "verify": lambda pk, now: organisations.verify(organisation_id=pk, verifier=Verifier.COORDINATOR, now=now),
    "remove": lambda pk, now: organisations.remove(organisation_id=pk, now=now),
    "confirm_offers": lambda pk, now: offers.confirm_classification_of_card(organisation_id=pk, now=now),
    "confirm_offer": lambda pk, now: offers.confirm_classification(offer_id=pk, now=now),
    "remove_offer": lambda pk, now: offers.remove_offer(offer_id=pk, now=now),
}
OFFERS = ("confirm_offer", "remove_offer")
DONE = {
    "publish": "Opublikowano",
    "withdraw": "Wycofano z katalogu",
    "verify": "Potwierdzono dane",
    "remove": "Usunięto z rejestru",
    "confirm_offers": "Potwierdzono klasyfikację ofert",
    "confirm_offer": "Potwierdzono klasyfikację",
    "remove_offer": "Usunięto z karty",
}
# What a longer one of them is called while it lasts.
WORK = {
    "publish": "Publikacja",
    "withdraw": "Wycofanie z katalogu",
    "verify": "Potwierdzenie danych",
    "remove": "Usunięcie z rejestru",
    "confirm_offers": "Potwierdzenie klasyfikacji ofert",
    "confirm_offer": "Potwierdzenie klasyfikacji",
    "remove_offer": "Usunięcie z karty",
}
NAMES_SHOWN = 5
REPORT_EVERY = 25


@dataclass
class Outcome:
    """How many rows were changed, and the keys that were not, by the words of the refusal."""

    changed: int = 0
    refused: dict = field(default_factory=dict)


def run(*, verb, keys, now, report=lambda done: None):
    """Do `verb` (a name in VERBS) to each row; `report(done)` is told how far it is. Returns the Outcome.

    When `report` says that it is to be broken off, Cancelled tells what had been done.
    """
    outcome = Outcome()
    for done, key in enumerate(keys, start=1):
        try:
            VERBS[verb](key, now)
        except Refused as refusal:
            outcome.refused.setdefault(str(refusal), []).append(key)
        else:
            outcome.changed += 1
        if done % REPORT_EVERY == 0:
            try:
                report(done)
            except Cancelled as cancelled:
                raise Cancelled([words for _, words in sentences(verb, outcome)]) from cancelled
    return outcome


def sentences(verb, outcome):
    """[(whether it is a refusal, words)]: one on what was done, one on each reason of refusal, with some names."""
    told = []
    if outcome.changed or not outcome.refused:
        many = plural(outcome.changed, "pozycja,pozycje,pozycji")
        told.append((False, f"{DONE[verb]}: {outcome.changed} {many}."))
    for reason, keys in outcome.refused.items():
        told.append((True, f"Nie zmieniono {len(keys)}: {reason} ({_names(verb, keys)})"))
    return told


def _names(verb, keys):
    rows = (Offer if verb in OFFERS else Organisation).objects.filter(pk__in=keys[:NAMES_SHOWN])
    names = sorted(str(row) for row in (rows if verb in OFFERS else rows.with_party()))
    more = len(keys) - NAMES_SHOWN
    return "; ".join(names) + (f" i jeszcze {more}" if more > 0 else "")
