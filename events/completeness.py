"""Who may be counted: what is still missing before a person of an edition takes part and is reported.

Only people who gave everything that the programme demands may be counted, nor may the indicators without them; the
institution needs its name, NIP, kind and address, and an accepted form.
"""

from events.choices import EnrolmentState, PersonField, TextKind

# What each demanded field looks at; any of the names being filled will do.
_FILLED = {
    PersonField.PESEL: ("pesel", "has_no_pesel"),
    PersonField.BIRTH_DATE: ("birth_date",),
    PersonField.SEX: ("sex",),
    PersonField.EDUCATION: ("education",),
    PersonField.LABOUR_STATUS: ("labour_status",),
    PersonField.ADDRESS: ("town",),
    PersonField.PHONE: ("phone",),
    PersonField.EMAIL: ("email",),
}
NO_FORM = "formularz instytucji nie jest przyjęty"
NO_DECLARATION = "brak oświadczenia osoby"
# Read, not agreed to: without these nobody takes part. Contact and image are free.
OBLIGATORY = (TextKind.REGULATIONS, TextKind.INFORMATION)


def missing_of(participant, enrolment, *, edition=None):
    """What is missing, in words for a list; empty when the person may be counted.

    Reads only the rows given (`edition` spares one query for each participant). An erased person counted when they
    were there, so nothing is missing any more.
    """
    if participant.erased_at:
        return []
    edition = edition or participant.edition
    missing = [] if enrolment and enrolment.state in EnrolmentState.taken_in() else [NO_FORM]
    if participant.declared_at is None:
        missing.append(NO_DECLARATION)
    missing += [
        PersonField(field).label
        for field in edition.person_fields
        if not any(getattr(participant, name) for name in _FILLED[field])
    ]
    return missing


def is_complete(participant, enrolment, *, edition=None):
    return not missing_of(participant, enrolment, edition=edition)
