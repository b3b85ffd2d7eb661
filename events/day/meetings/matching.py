"""Who of a meeting is who of the list: by e-mail, then by name; what is not certain is left to a person."""

from dataclasses import dataclass, field

from core.polish import fold, words
from events.day.meetings.reading import Person

MATCHED, DOUBTFUL, UNKNOWN = "matched", "doubtful", "unknown"
# What devices and programs call their owners; never a name.
_DEVICES = {"iphone", "ipad", "android", "galaxy", "samsung", "huawei", "xiaomi", "redmi", "laptop", "pc", "desktop"}


@dataclass(frozen=True, slots=True)
class Expected:
    """Somebody who signed up: the key of the registration, name, e-mail."""

    pk: int
    name: str
    email: str


@dataclass(frozen=True, slots=True)
class Match:
    """`kind` matched, doubtful or unknown; `candidates` Expected, one when matched; `by` in Polish."""

    person: Person
    kind: str
    by: str = ""
    candidates: list = field(default_factory=list)


def match(people, expected):
    """A Match for each of `people`, in their order. Two of the file that would be one person are both doubtful,
    unless their minutes may simply be added: the same name, once with an e-mail and once without."""
    by_email, by_name = {}, {}
    for one in expected:
        if one.email:
            by_email.setdefault(one.email.lower(), []).append(one)
        by_name.setdefault(_name(one.name), []).append(one)
    found = [_match(person, by_email, by_name) for person in people]
    claims = {}
    for one in found:
        if one.kind == MATCHED:
            claims.setdefault(one.candidates[0].pk, []).append(one)
    return [_alone(one, claims) for one in found]


def _match(person, by_email, by_name):
    same_email = by_email.get(person.email.lower(), []) if person.email else []
    name = _name(person.name)
    if len(same_email) == 1:
        if name and not name & _name(same_email[0].name):
            return Match(person, DOUBTFUL, "ten sam adres e-mail, inne nazwisko", same_email)
        return Match(person, MATCHED, "po adresie e-mail", same_email)
    if same_email:
        named = [one for one in same_email if _name(one.name) == name]
        if len(named) == 1:
            return Match(person, MATCHED, "po adresie e-mail i nazwisku", named)
        return Match(person, DOUBTFUL, "kilka osób ma ten adres e-mail", same_email)
    same_name = by_name.get(name, []) if name else []
    if len(same_name) == 1:
        return Match(person, MATCHED, "po imieniu i nazwisku", same_name)
    if same_name:
        return Match(person, DOUBTFUL, "kilka osób nazywa się tak samo", same_name)
    near = [one for other, ones in by_name.items() if _is_near(name, other) for one in ones]
    if near:
        return Match(person, DOUBTFUL, "podobna nazwa", near[:10])
    return Match(person, UNKNOWN)


def _alone(one, claims):
    """Matched, unless another row of the file, with another name, claims the same person."""
    if one.kind != MATCHED:
        return one
    others = claims[one.candidates[0].pk]
    emails = {other.person.email.lower() for other in others}
    if len({_name(other.person.name) for other in others}) > 1 and (len(emails) > 1 or "" in emails):
        return Match(one.person, DOUBTFUL, "kilka osób z pliku pasuje do jednej", one.candidates)
    return one


def _name(text):
    """A name as the set of its words, without case, accents and order; devices are no words of it."""
    return frozenset(words(fold(text))) - _DEVICES


def _is_near(one, other):
    """One name holds the other whole ("Jan Przykładowy (Fundacja X)"), or a surname alone stands for it."""
    if len(one) >= 2 and len(other) >= 2:
        return one <= other or other <= one
    return len(one) == 1 and one < other and all(len(word) > 3 for word in one)
