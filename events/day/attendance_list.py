"""The attendance list to be signed by hand, as a PDF."""

from core import pdf
from core.polish import sort_key
from core.templatetags.portal import phone
from events.choices import RegistrationState
from events.day.logos import strip
from events.day.words import date_of, day_label, hours_of, place_of

# More columns than this cannot be signed in, also on a page that lies on its side.
MOST_SIGNATURES = 4


def people_of(event):
    """Registrations with a place, in Polish alphabetical order. One query."""
    rows = event.registrations.filter(state__in=RegistrationState.seated()).select_related("enrolment")
    return sorted(rows, key=lambda row: sort_key(f"{row.last_name} {row.first_name}"))


def attendance_pdf(event, people, *, day=None, big=False, blank=0, contact=False, halves=False):
    """Bytes. One day, or with `day` None all of them: side by side while they fit, else a list for each.

    `halves`: two signatures a day. `contact`: e-mail and phone too. `blank`: empty rows at the end.
    """
    days = [day] if day else list(event.days.all())
    per_day = 2 if halves else 1
    together = len(days) * per_day <= MOST_SIGNATURES
    logos, pictures = strip(event.edition)
    options = {"blank": blank, "contact": contact, "halves": halves}
    groups = [days] if together else [[one] for one in days]
    data = {
        "title": f"Lista obecności: {event.title}",
        "logos": logos,
        "big": big,
        "wide": contact or len(groups[0]) * per_day > (1 if big else 2),
        "foot": event.title,
        "lists": [_list(event, people, group, **options) for group in groups],
    }
    return pdf.document("events/attendance.typ", data, pictures=pictures)


def _list(event, people, days, *, blank, contact, halves):
    signatures = [words for day in days for words in _signatures(day, halves=halves, alone=len(days) == 1)]
    columns = ["Lp.", "Imię i nazwisko", "Instytucja", *(["E-mail i telefon"] if contact else []), *signatures]
    rows = [
        [
            str(number),
            row.full_name,
            row.institution_words,
            *([_contact(row)] if contact else []),
            *[""] * len(signatures),
        ]
        for number, row in enumerate(people, 1)
    ]
    rows += [[str(number), *[""] * (len(columns) - 1)] for number in range(len(people) + 1, len(people) + 1 + blank)]
    edition = event.edition
    project = ", nr ".join(filter(None, [edition.name, edition.number])) if edition else ""
    return {
        "title": f"Lista obecności: {event.title}",
        "meta": [
            line
            for line in (
                f"Projekt: {project}" if project else "",
                f"Termin: {'; '.join(day_label(day) for day in days)}",
                f"Miejsce: {place_of(event)}" if place_of(event) else "",
                edition.funding_statement if edition else "",
            )
            if line
        ],
        "columns": columns,
        "widths": [5, 6, *([5] if contact else []), *[4 if len(signatures) < 3 else 3] * len(signatures)],
        "rows": rows,
        "people": len(people),
    }


def _signatures(day, *, halves, alone):
    name = "Podpis" if alone else f"Podpis {date_of(day.starts_at)}"
    if not halves:
        return [name if alone else f"{name}, {hours_of(day)}".removesuffix(", ")]
    return [f"{name}: przed przerwą", f"{name}: po przerwie"]


def _contact(row):
    return " ".join(filter(None, [row.email, phone(row.phone)]))
