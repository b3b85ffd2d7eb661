"""A complaint, for the director who writes down what the body has said of it."""

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render

from quality_mark.access import is_own
from quality_mark.choices import Outcome
from quality_mark.forms.supervision import ComplaintDecisionForm
from quality_mark.models import Complaint
from quality_mark.reading import case_of
from quality_mark.use_cases import complaints
from quality_mark.views.forms import done, sent
from quality_mark.views.supervision.doors import HEAD, for_whom, home

_PARTIES = [f"{of}__offer__organisation__{one}" for of in ("mark", "application") for one in ("institution", "unit")]
DONE = {
    Outcome.UPHELD.value: "Skarga jest uwzględniona, rozstrzygnięcie zmienione.",
    Outcome.DISMISSED.value: "Skarga jest oddalona. Rozstrzygnięcie zostaje.",
}


@for_whom(HEAD)
def complaint_desk(request, pk):
    """What was decided and why, what is complained about, and what each answer means. An upheld complaint corrects
    the decision at once."""
    rows = Complaint.objects.select_related(*_PARTIES, "application__rulebook")
    complaint = get_object_or_404(rows, pk=pk, decided_at=None)
    subject = complaint.mark or complaint.application
    if is_own(request.user, subject.offer.organisation):
        raise Http404
    form = sent(request, ComplaintDecisionForm)
    given = form.cleaned_data if request.method == "POST" and form.is_valid() else {}
    words = DONE.get(given.get("outcome"), "")
    if done(request, form, complaints.decide, words, complaint_id=pk, **given):
        return redirect("quality_mark:marks")
    context = {
        "complaint": complaint,
        "subject": subject,
        "application": complaint.application,
        "last": subject.steps.select_related("paper").filter(at__lte=complaint.filed_at).last(),
        "follows": complaints.follows(subject),
        "form": form,
        "back": home(),
    } | (case_of(complaint.application) if complaint.application else {})
    return render(
        request,
        "quality_mark/supervision/complaint.html",
        context,
        status=422 if form.is_bound and form.errors else 200,
    )
