"""What may happen to a notice: one table."""

from core.workflow import Transition, Workflow
from procurement.choices import NoticeState as N

# Who takes a step: officers of the authority (and coordinators), and time itself.
OFFICER, TIME = "officer", "time"


def _step(name, sources, target, label, *actors):
    return Transition(name, frozenset(sources), target, label, frozenset(actors))


_SETTLED = {N.PUBLISHED, N.CONCLUDED, N.CANCELLED}

notices = Workflow(
    _step("schedule", {N.DRAFT, N.SCHEDULED}, N.SCHEDULED, "Ogłoś w wybranym dniu", OFFICER),
    _step("unschedule", {N.SCHEDULED}, N.DRAFT, "Wróć do szkicu", OFFICER),
    _step("publish", {N.DRAFT, N.SCHEDULED}, N.PUBLISHED, "Ogłoś teraz", OFFICER, TIME),
    _step("correct", {N.PUBLISHED}, N.PUBLISHED, "Sprostuj", OFFICER),
    _step("correct_concluded", {N.CONCLUDED}, N.CONCLUDED, "Sprostuj", OFFICER),
    _step("correct_cancelled", {N.CANCELLED}, N.CANCELLED, "Sprostuj", OFFICER),
    _step("withdraw", {N.PUBLISHED}, N.WITHDRAWN, "Wycofaj", OFFICER),
    # Results come part by part; the last one ends the notice, and a corrected one may end it otherwise.
    _step("part_result", {N.PUBLISHED}, N.PUBLISHED, "Podaj wynik części", OFFICER),
    _step("conclude", _SETTLED, N.CONCLUDED, "Podaj wynik", OFFICER),
    _step("cancel", _SETTLED, N.CANCELLED, "Unieważnij", OFFICER),
)

CORRECTIONS = {
    N.PUBLISHED: "correct",
    N.CONCLUDED: "correct_concluded",
    N.CANCELLED: "correct_cancelled",
}
