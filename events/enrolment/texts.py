"""Which version of the texts and forms of an edition counts."""

from events.choices import EnrolmentState, FormKind, TextKind
from events.models import EditionText, FormVersion


def texts_in_force(edition, day):
    """{TextKind: EditionText}, the newest of each kind that is announced and in force on a day."""
    found = {}
    for text in EditionText.objects.filter(edition=edition).valid_on(day):
        found.setdefault(TextKind(text.kind), text)
    return {kind: found[kind] for kind in TextKind if kind in found}


def form_in_force(edition, kind, day):
    """The newest FormVersion of this kind in force on a day, or None."""
    return FormVersion.objects.filter(edition=edition, kind=kind).valid_on(day).first()


def versions_of(enrolment, day):
    """(FormVersion or None, EditionText of the regulations or None) that this form is filled in on.

    A draft follows what is in force; from signing on both stay what they were.
    """
    if is_fixed(enrolment):
        return enrolment.form, enrolment.regulations
    regulations = EditionText.objects.filter(edition=enrolment.edition_id, kind=TextKind.REGULATIONS)
    return form_in_force(enrolment.edition_id, FormKind.INSTITUTION, day), regulations.valid_on(day).first()


def is_fixed(enrolment):
    return enrolment.state != EnrolmentState.DRAFT


def versions_mark(enrolment, day):
    """By which a page says on which versions its questions and declarations were shown."""
    return "-".join(str(one.pk) if one else "" for one in versions_of(enrolment, day))


def newer_words(enrolment, day):
    """What came into force while a draft was being filled in, in words; empty when nothing did."""
    if is_fixed(enrolment) or enrolment.form_id is enrolment.regulations_id is None:
        return ""
    form, regulations = versions_of(enrolment, day)
    changed = []
    if regulations and enrolment.regulations_id != regulations.pk:
        changed.append(f"regulamin (wersja {regulations.version})")
    if form and enrolment.form_id != form.pk:
        changed.append(f"formularz (wersja {form.version})")
    if not changed:
        return ""
    return f"Od ostatniego zapisu zmienił się {' i '.join(changed)}. Przejrzyj i zapisz krok „Pytania i oświadczenia”."
