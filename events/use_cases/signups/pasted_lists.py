"""What a pasted list would do: each line with its person, or with the reason why it is left."""

from dataclasses import dataclass

from django.utils import timezone

from core.polish import fold
from events.coordination.pasted import PastedLine
from events.models import Delegation, Enrolment, Registration

ENTER, DOUBT, ALREADY, ERROR = "zapisze", "sprawdz", "juz", "blad"
ENTERED = (ENTER, DOUBT)


@dataclass(slots=True)
class Judged:
    """`words` say what comes of the line; `registration` is there once it was entered."""

    line: PastedLine
    outcome: str
    words: str = ""
    delegation: Delegation | None = None
    enrolment: Enrolment | None = None
    registration: Registration | None = None


def judge(event, lines, now):
    """A Judged for each PastedLine, in the same order, in a fixed number of queries."""
    known = _Known(event, now)
    seen, judged = {}, []
    for line in lines:
        one = _judged(event, line, known)
        if one.outcome in ENTERED:
            # Of a roster the person decides, else what the line says.
            key = one.delegation.participant_id if one.delegation else line.key
            if key in seen:
                one.outcome, one.words = ALREADY, f"Powtarza wiersz {seen[key]}."
            seen.setdefault(key, line.number)
        judged.append(one)
    return judged


def institutions_named(event, lines, now):
    """Ids of the enrolments that lines name."""
    known = _Known(event, now)
    return {found.pk for line in lines if (found := _institution(line.institution, known))}


class _Known:
    """The rosters of the edition and who is signed up, by folded names."""

    def __init__(self, event, now):
        self.signed_up, self.participants = set(), set()
        rows = Registration.objects.active().filter(event=event)
        for one in rows.values("participant", "first_name", "last_name", "email", "institution_name", "phone"):
            self.participants.add(one["participant"])
            contact = one["email"].lower() or f"{fold(one['institution_name'])}/{one['phone']}"
            self.signed_up.add((fold(f"{one['first_name']} {one['last_name']}"), contact))
        self.delegations, self.enrolments = {}, {}
        if event.edition_id is None:
            return
        for enrolment in Enrolment.objects.living().filter(edition=event.edition_id).exclude(name="").order_by("pk"):
            self.enrolments.setdefault(fold(enrolment.name), enrolment)
        on = Delegation.objects.on(timezone.localdate(now)).select_related("participant", "enrolment")
        for one in on.filter(enrolment__in=[row.pk for row in self.enrolments.values()]).order_by("pk"):
            self.delegations.setdefault(fold(str(one.participant)), []).append(one)


def _judged(event, line, known):
    if line.problem:
        return Judged(line, ERROR, line.problem)
    if event.edition_id is None:
        if line.key in known.signed_up:
            return Judged(line, ALREADY)
        if not line.email:
            line.doubts.append("Bez adresu: nie dostanie potwierdzenia.")
        return _entered(line)
    return _of_project(line, known)


def _of_project(line, known):
    people = known.delegations.get(fold(line.name), [])
    if not people and (people := known.delegations.get(fold(f"{line.last_name} {line.first_name}"), [])):
        line.first_name, line.last_name = line.last_name, line.first_name
        line.doubts.append("Najpierw było nazwisko, potem imię.")
    if line.institution:
        wanted = fold(line.institution)
        here = [one for one in people if fold(one.enrolment.name) == wanted]
        people = here or [one for one in people if wanted in fold(one.enrolment.name)] or (
            people if wanted not in known.enrolments else []
        )  # fmt: skip
    if len(people) > 1 and line.email:
        people = [one for one in people if one.participant.email.lower() == line.email] or people
    if len(people) > 1:
        places = ", ".join(sorted({one.enrolment.name for one in people}))
        return Judged(line, ERROR, f"Jest więcej takich osób ({places}). Dopisz instytucję albo adres.")
    if people:
        [one] = people
        if one.participant_id in known.participants:
            return Judged(line, ALREADY, delegation=one)
        if line.institution and fold(line.institution) != fold(one.enrolment.name):
            line.doubts.append(f"W projekcie ta osoba jest z instytucji: {one.enrolment.name}.")
        return _entered(line, delegation=one, enrolment=one.enrolment)
    enrolment = _institution(line.institution, known)
    if enrolment is None:
        words = "Tej instytucji nie ma w projekcie." if line.institution else "Nie ma takiej osoby w projekcie."
        return Judged(line, ERROR, words)
    line.doubts.append(f"Nowa osoba w instytucji: {enrolment.name}. Miejsce czeka na dokumenty.")
    return _entered(line, enrolment=enrolment)


def _institution(name, known):
    """The one institution of this name, or the only one whose name holds it."""
    wanted = fold(name)
    if not wanted:
        return None
    found = known.enrolments.get(wanted)
    holding = [row for text, row in known.enrolments.items() if len(wanted) > 4 and wanted in text]
    return found or (holding[0] if len(holding) == 1 else None)


def _entered(line, **more):
    if line.doubts:
        return Judged(line, DOUBT, " ".join(line.doubts), **more)
    return Judged(line, ENTER, **more)
