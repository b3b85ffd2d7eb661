"""A notice in words, field by field: what corrections compare and the summary shows."""

from core.templatetags.portal import date_words, moment_words, money, phone
from procurement.notices import steps
from procurement.notices.clauses import clause_line

# What is said of a change of who answers questions: names stand in no history that everybody reads.
CONTACT_CHANGED = {"Kontakt": ["", "zmieniono dane osoby do kontaktu"]}


def rows_of(notice, step):
    """[(label, words)] of one step; empty words where nothing was given."""
    return list(_READERS[step](notice))


def changes_between(before, after):
    """{label: [before, after]} of two readings by rows_of()."""
    old, new = dict(before), dict(after)
    labels = list(dict.fromkeys([*old, *new]))
    return {
        label: [old.get(label, ""), new.get(label, "")]
        for label in labels
        if old.get(label, "") != new.get(label, "")
    }  # fmt: skip


def place_words(notice):
    area = notice.municipality or notice.county
    return ", ".join(filter(None, [notice.place, str(area) if area else ""]))


def _what(notice):
    yield "Rodzaj ogłoszenia", notice.get_kind_display()
    yield "Przedmiot", notice.subject
    yield "Rodzaj zamówienia", notice.get_nature_display()
    yield "Usługi społeczne i inne szczególne", _yes(notice.is_social)
    yield "Opis", notice.description
    yield "Znak sprawy", notice.signature
    yield "Strona postępowania", notice.url


def _value(notice):
    yield "Wartość szacunkowa netto", _amount(notice.value, notice.value_is_public)
    yield "Tryb", notice.mode.label if notice.mode else ""
    yield "Waga ceny", f"{notice.price_weight}%" if notice.price_weight is not None else ""
    yield "Numer w BZP", notice.bzp_number
    yield "Identyfikator postępowania", notice.procedure_id
    yield "Numer w TED", notice.ted_number
    yield "Numer w Bazie Konkurencyjności", notice.bk_number


def _amount(value, is_public):
    """Whoever reads a history must not learn what the notice does not say."""
    if value is None:
        return ""
    return money(value) if is_public else "podana, ale nie pokazujemy jej publicznie"


def _cpv(notice):
    codes = [str(link.code) for link in notice.cpv_links.select_related("code")]
    yield "Kody CPV", "; ".join(codes)
    for part in notice.parts.all():
        shown = money(part.value) if notice.value_is_public else ""
        yield f"Część {part.number}", ", ".join(filter(None, [part.subject, shown]))


def _clauses(notice):
    counted = {}
    for clause in notice.clauses.select_related("kind"):
        label = str(clause.kind)
        counted[label] = counted.get(label, 0) + 1
        number = counted[label]
        yield (label if number == 1 else f"{label} ({number})"), clause_line(clause)


def _times(notice):
    yield "Termin składania ofert", moment_words(notice.deadline_at)
    yield "Realizacja od", date_words(notice.performed_from)
    yield "Realizacja do", date_words(notice.performed_until)
    yield "Miejsce realizacji", place_words(notice)


def _documents(notice):
    titles = {}
    for document in notice.documents.all():
        titles[document.title] = titles.get(document.title, 0) + 1
        number = titles[document.title]
        label = f"Dokument „{document.title}”" + (f" ({number})" if number > 1 else "")
        yield label, document.url or "plik"


def _contact(notice):
    yield "Osoba do kontaktu", notice.contact_name
    yield "E-mail", notice.contact_email
    yield "Telefon", phone(notice.contact_phone)


def _yes(value):
    return "tak" if value else ""


_READERS = {
    steps.WHAT: _what,
    steps.VALUE: _value,
    steps.CPV: _cpv,
    steps.CLAUSES: _clauses,
    steps.TIMES: _times,
    steps.DOCUMENTS: _documents,
    steps.CONTACT: _contact,
}
