"""Addresses of assessment, commission and decisions and who may ask for them, and what lies behind these addresses."""

from datetime import timedelta

from django.core.files.base import ContentFile

from quality_mark.choices import ApplicationState
from quality_mark.models import AgendaItem, Assessment, Member, Paper, Sitting, Term
from tests.permission_rows import NONE, OFFICE, OK, SIGN_IN, row
from tests.quality_mark.factories import ApplicationFactory
from tests.registry.factories import NOW

SITTERS = {OK: ("commission", *OFFICE)}
THE_OFFICE = {OK: OFFICE}
THE_ASSESSOR = {OK: ("assessor",)}
THE_DIRECTOR = {OK: ("director",)}
ROWS = {
    "quality_mark:assessments": row(SIGN_IN, NONE, but=THE_ASSESSOR),
    "quality_mark:assessment": row(SIGN_IN, NONE, but=THE_ASSESSOR, pk="assessment"),
    "quality_mark:assessment_visit": row(SIGN_IN, NONE, but=THE_ASSESSOR, pk="assessment"),
    "quality_mark:assigning": row(SIGN_IN, NONE, but=THE_OFFICE),
    "quality_mark:assigning_case": row(SIGN_IN, NONE, but=THE_OFFICE, pk="case_in_assessment"),
    "quality_mark:case_visit": row(SIGN_IN, NONE, but=THE_OFFICE, pk="case_in_assessment"),
    # A photo of a visit: nothing for the applicant, and not for the director before the commission has the case.
    "quality_mark:case_paper": row(SIGN_IN, NONE, but={OK: ("assessor", *OFFICE)}, pk="photo"),
    "quality_mark:commission": row(SIGN_IN, NONE, but=SITTERS),
    "quality_mark:term": row(SIGN_IN, NONE, but=THE_OFFICE, pk="term"),
    "quality_mark:sitting": row(SIGN_IN, NONE, but=SITTERS, pk="sitting"),
    "quality_mark:sitting_minutes": row(SIGN_IN, NONE, but={OK: ("commission", "director", *OFFICE)}, pk="sitting"),
    "quality_mark:agenda_item": row(SIGN_IN, NONE, but=SITTERS, pk="agenda_item"),
    "quality_mark:decisions": row(SIGN_IN, NONE, but=THE_DIRECTOR),
    "quality_mark:decision": row(SIGN_IN, NONE, pk="case_in_assessment"),  # not to be decided yet
}


def of_judging(offer, people):
    """A case of `offer` in assessment, another one at a signed sitting: {name in the table: key}."""
    case = ApplicationFactory(offer=offer, state=ApplicationState.ASSESSMENT)
    assessment = Assessment.objects.create(
        application=case, assessor=people["assessor"], asked_at=NOW, due_on=NOW.date(), declared_at=NOW
    )
    photo = Paper.objects.create(
        application=case, code="zdjecie-z-wizyty", name="zdjęcie 1.jpg", content_type="image/jpeg", size=3,
        sha256="0" * 64, is_of_office=True, is_shown=False, uploaded_at=NOW, file=ContentFile(b"abc", "a.jpg"),
    )  # fmt: skip
    term = Term.objects.create(name="Kadencja", starts_on=NOW.date() - timedelta(days=9))
    Member.objects.create(term=term, person=people["commission"], joined_on=term.starts_on, is_chair=True)
    sitting = Sitting.objects.create(
        term=term,
        starts_at=NOW,
        place="Sala",
        called_at=NOW,
        drafted_at=NOW,
        signed_at=NOW,
        minutes=ContentFile(b"%PDF-1.7", "a.pdf"),
    )
    voted = ApplicationFactory(state=ApplicationState.COMMISSION)
    item = AgendaItem.objects.create(sitting=sitting, application=voted, position=1)
    return {
        "assessment": assessment.pk,
        "case_in_assessment": case.pk,
        "photo": photo.pk,
        "term": term.pk,
        "sitting": sitting.pk,
        "agenda_item": item.pk,
    }
