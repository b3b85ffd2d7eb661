"""One line of the list of orders: the same few facts for everyone, so that lines can be compared."""

from dataclasses import dataclass
from datetime import timedelta

from django.utils.safestring import SafeString

from core.templatetags.portal import money
from procurement.choices import EntryType, Nature, NoticeKind, NoticeState
from procurement.outlets.when import left_words, when_words
from registry.rows import marked

SOON = timedelta(days=7)


@dataclass(frozen=True)
class Row:
    """`name` and `text` hold marked matches; `badges` are (kind, text); `left` is how long there is."""

    url: str
    name: SafeString
    kind: str
    meta: str
    when: str
    text: SafeString
    badges: list
    value: str
    left: str = ""
    soon: bool = False


def posting_row(entry, labels, *, terms, now):
    is_open = entry.type == EntryType.NOTICE and entry.due_at is not None and entry.due_at > now
    county = labels.county_words(entry.county_id)
    who = f"{entry.buyer_name}, {entry.unit_name}" if entry.unit_name else entry.buyer_name
    nature = Nature(entry.nature).label if entry.nature else ""
    return Row(
        url=entry.get_absolute_url(),
        name=marked(entry.subject, terms),
        kind=_kind(entry),
        meta=" · ".join(filter(None, [who, county, nature, entry.mode_label])),
        when=when_words(entry, now),
        text=marked(_text(entry), terms),
        badges=[("good", _clause(code, labels)) for code in entry.clauses],
        value=_value(entry),
        left=left_words(entry.due_at, now) if is_open else "",
        soon=is_open and entry.due_at - now < SOON,
    )


def _kind(entry):
    if entry.type == EntryType.PLAN:
        return f"Plan na {entry.year}"
    if entry.type == EntryType.RESULT:
        return "Unieważnione" if entry.state == NoticeState.CANCELLED else "Wynik"
    return NoticeKind(entry.notice_kind).label.capitalize()


def _clause(code, labels):
    """ "art. 94"; of what stands in no article the first words: "preferencja społeczna"."""
    article = labels.article_of.get(code, "")
    return f"art. {article}" if article[:1].isdigit() else " ".join(labels.clause.get(code, code).split()[:2])


def _text(entry):
    return f"Wykonawca: {', '.join(entry.suppliers)}" if entry.suppliers else entry.summary


def _value(entry):
    if entry.value is None:
        return ""
    return f"ok. {money(entry.value)}" if entry.is_approximate else money(entry.value)
