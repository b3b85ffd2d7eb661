"""People of an institution as one pastes them: a line each, read back as rows, with what is wrong in each line."""

from dataclasses import dataclass

from core.polish import fold
from events.choices import DelegateRole
from registry.spreadsheets.repairs import contacts

MOST_PEOPLE = 1000
SHAPE = "Imię Nazwisko; rola; e-mail; telefon"
_ROLES = {
    "czlonek": DelegateRole.MEMBER,
    "czlonkini": DelegateRole.MEMBER,
    "czlonek zarzadu": DelegateRole.BOARD,
    "czlonkini zarzadu": DelegateRole.BOARD,
    "zarzad": DelegateRole.BOARD,
    "prezes": DelegateRole.BOARD,
    "prezeska": DelegateRole.BOARD,
    "pracownik": DelegateRole.EMPLOYEE,
    "pracownica": DelegateRole.EMPLOYEE,
    "pracowniczka": DelegateRole.EMPLOYEE,
    "wolontariusz": DelegateRole.VOLUNTEER,
    "wolontariuszka": DelegateRole.VOLUNTEER,
}


@dataclass(frozen=True, slots=True)
class Person:
    first_name: str
    last_name: str
    role: str
    email: str
    phone: str = ""
    job_title: str = ""

    @property
    def key(self):
        """Two rows with the same key are one person written twice."""
        return fold(self.first_name), fold(self.last_name), self.email.lower()


def read_lines(text):
    """(people, faulty): Person of each good line, and of the others (line, what is wrong in Polish)."""
    people, faulty = [], []
    for line in text.splitlines():
        if not line.strip():
            continue
        person, problems = read_line(line)
        if problems:
            faulty.append((line.strip(), "; ".join(problems)))
        else:
            people.append(person)
    return people, faulty


def read_line(line):
    """(Person, []) or (None, problems). Fields parted by semicolons, or by tabs as a spreadsheet gives them."""
    parts = [" ".join(part.split()) for part in line.replace("\t", ";").split(";")]
    name, role, email, phone, *_ = [*parts, "", "", "", ""]
    first, _, last = name.partition(" ")
    known = _ROLES.get(fold(role))
    checked, number = contacts.email(email), contacts.phone(phone)
    problems = [
        *([] if first and last else ["brakuje imienia i nazwiska"]),
        *(["imię lub nazwisko jest za długie"] if len(first) > 60 or len(last) > 80 else []),
        *([] if known else [f"rola „{role}” nie jest znana" if role else "brakuje roli"]),
        *([] if checked.value and not checked.problem else ["brakuje poprawnego adresu e-mail"]),
        *([f"telefon: {number.problem}"] if number.problem else []),
    ]
    if problems:
        return None, problems
    return Person(first, last, known.value, checked.value, number.value or ""), []
