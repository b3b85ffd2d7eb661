"""One verb for many rows, each in its own transaction; what is refused is told in words and stops nobody else."""

from dataclasses import dataclass, field

from core.exceptions import Refused
from registry.choices import Verifier
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
REPORT_EVERY = 25


@dataclass
class Outcome:
    """How many rows were changed, and the keys that were not, by the words of the refusal."""

    changed: int = 0
    refused: dict = field(default_factory=dict)


def run(*, verb, keys, now, report=lambda done: None):
    """Do `verb` (a name in VERBS) to each row; `report(done)` is told how far it is. Returns the Outcome."""
    outcome = Outcome()
    for done, key in enumerate(keys, start=1):
        try:
            VERBS[verb](key, now)
        except Refused as refusal:
            outcome.refused.setdefault(str(refusal), []).append(key)
        else:
            outcome.changed += 1
        if done % REPORT_EVERY == 0:
            report(done)
    return outcome
