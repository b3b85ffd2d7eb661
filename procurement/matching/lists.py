"""A shortlist for people, wherever it is kept: rows with names and addresses, files, and links to share."""

import csv
import io
from datetime import datetime, timedelta

from django.core import signing
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from core.templatetags.portal import phone
from registry.exports.xlsx import workbook
from registry.models import Organisation
from registry.spreadsheets import harmless

# Of a list that lies in a session: the link itself says what stands on it.
SHARED = "procurement.own-shortlist"
# Nobody can take such a link back, so it ends by itself.
SHARED_FOR = timedelta(days=365)
HEADS = ["nazwa", "rodzaj", "miejscowość", "telefon", "e-mail", "adres karty", "dopasowanie", "dlaczego", "dodano"]
MOST_WORDS, MOST_SEARCHES = 120, 5


class Line:
    """One organisation of a list. `card` is None when it has left the catalogue."""

    def __init__(self, card, *, offer="", why="", score=None, added_at=None):
        self.card, self.offer, self.why, self.score, self.added_at = card, offer, why, score, added_at

    @property
    def name(self):
        return str(self.card)

    @property
    def party(self):
        return self.card.party


def lines_of_session(entries):
    cards = _cards(entry["organisation"] for entry in entries)
    return [
        Line(
            cards[entry["organisation"]],
            why=entry.get("why", ""),
            score=entry.get("score"),
            added_at=parse_datetime(entry.get("added_at") or ""),
        )
        for entry in entries
        if entry["organisation"] in cards
    ]


def lines_of(shortlist):
    entries = list(shortlist.entries.select_related("offer"))
    cards = _cards(entry.organisation_id for entry in entries)
    return [
        Line(
            cards[entry.organisation_id],
            offer=entry.offer.name if entry.offer else "",
            why=entry.why,
            score=entry.score,
            added_at=entry.added_at,
        )
        for entry in entries
        if entry.organisation_id in cards
    ]


def as_csv(lines, *, absolute):
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow(HEADS)
    writer.writerows(_cells(line, absolute) for line in lines)
    return buffer.getvalue().encode()


def as_xlsx(lines, *, absolute):
    return b"".join(workbook([HEADS, *(_cells(line, absolute) for line in lines)], title="Lista"))


FILES = {
    "csv": (as_csv, "text/csv; charset=utf-8"),
    "xlsx": (as_xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}


def shared_token(name, entries, searches):
    """For a link that needs no row: who is on the list and what was searched for; short enough for any browser."""
    said = [[one["organisation"], one.get("score")] for one in entries]
    asked = [[one["at"], one["words"][:MOST_WORDS]] for one in searches[-MOST_SEARCHES:]]
    return signing.dumps([name, timezone.now().isoformat(), said, asked], salt=SHARED, compress=True)


def shared(token):
    """(name, moment it was shared, entries, searches) of such a token, or None."""
    try:
        name, at, said, asked = signing.loads(token, salt=SHARED, max_age=SHARED_FOR)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    entries = [{"organisation": pk, "score": score} for pk, score in said]
    searches = moments_of({"at": when, "words": words} for when, words in asked)
    return name, datetime.fromisoformat(at), entries, searches


def moments_of(searches):
    """The same searches with their times as moments: a session and a link hold texts."""
    return [one | {"at": parse_datetime(one["at"])} for one in searches]


def _cards(ids):
    """{id: Organisation} of those that visitors see."""
    return Organisation.objects.published().with_party().in_bulk(list(ids))


def _cells(line, absolute):
    party, score = line.party, "" if line.score is None else line.score
    added = timezone.localtime(line.added_at).strftime("%Y-%m-%d %H:%M") if line.added_at else ""
    number = phone(party.phone).replace("\N{NO-BREAK SPACE}", " ")
    texts = [line.name, str(line.card.kind), party.town, number, party.email, absolute(line.card.get_absolute_url())]
    return [*map(harmless, texts), score, harmless(line.why), added]
