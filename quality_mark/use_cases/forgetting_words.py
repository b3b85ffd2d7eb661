"""Words that people wrote in a case, and their names: taken out when the time of the case, or of its record, is over.

Where the database asks for words, one stays that says that there were some.
"""

import pgtrigger

from quality_mark.models import (
    Agreement,
    Application,
    Assessment,
    Call,
    Comment,
    Complaint,
    Fault,
    Message,
    Recommendation,
    Recusal,
    Reopening,
    Score,
    Step,
    Verdict,
    Visit,
)
from quality_mark.models.applications import REASONED

FORGOTTEN = "usunięto po czasie"
_OF_APPLICANT = {"signed_name": "", "answers": {}, "last_pages": {}}


def forget_words_of_case(pk):
    """All but what is the record. What the register said of the organisation and the offer stays: it is public."""
    _both(Application, {"pk": pk}, **_OF_APPLICANT)
    said = Recommendation.objects.filter(application=pk)
    said.exclude(text="").update(text=FORGOTTEN)
    said.update(recommender=FORGOTTEN, email="", signed_name="", function="")
    Message.objects.filter(application=pk).delete()
    Comment.objects.filter(application=pk).delete()
    Call.objects.filter(application=pk).update(text="")
    Fault.objects.filter(call__application=pk).update(text=FORGOTTEN, before=None)
    Verdict.objects.filter(application=pk).update(note="")
    Visit.objects.filter(application=pk).update(note=FORGOTTEN)
    Recusal.objects.filter(item__application=pk, item__mark=None).update(reason=FORGOTTEN)
    _forget_assessments(pk)
    with pgtrigger.ignore("quality_mark.Step:log_stays"):
        Step.objects.filter(application=pk).exclude(name__in=REASONED).exclude(note="").update(note="")


def forget_words_of_record(pk):
    Agreement.objects.filter(application=pk).exclude(signed_name="").update(signed_name=FORGOTTEN)
    Recusal.objects.filter(item__application=pk).update(reason=FORGOTTEN)
    forget_complaints(Complaint.objects.filter(application=pk))
    with pgtrigger.ignore("quality_mark.Step:log_stays"):
        Step.objects.filter(application=pk, name__in=REASONED).update(note=FORGOTTEN)


def forget_complaints(complaints):
    complaints.update(text=FORGOTTEN)
    complaints.exclude(answer="").update(answer=FORGOTTEN)


def _forget_assessments(pk):
    _both(Assessment, {"application": pk}, comment="")
    left = {"application": pk, "left_at__isnull": False}
    _both(Assessment, left, left_why=FORGOTTEN)
    with pgtrigger.ignore("quality_mark.Score:sent_stays", "quality_mark.Reopening:reopening_stays"):
        Score.objects.filter(assessment__application=pk).update(reason="")
        Reopening.objects.filter(assessment__application=pk).update(reason=FORGOTTEN, scores={}, comment="")


def _both(model, chosen, **values):
    """The rows and their whole history. The history gets one line more of each row, with what is left."""
    model.objects.filter(**chosen).update(**values)
    if "pk" in chosen:
        chosen = {"pgh_obj_id": chosen["pk"]}
    model.pgh_event_model.objects.filter(**chosen).update(**values)
