from django.shortcuts import redirect, render
from django.utils import timezone

from core import antispam
from core.http import accepts, who_asks
from quality_mark.forms.supervision import MisuseForm
from quality_mark.use_cases.watching import report_misuse

PER_HOUR = 5


@accepts("GET", "HEAD", "POST")
def misuse(request):
    """Anybody may tell that a mark is used wrongly, five times an hour."""
    typed = request.GET.get("numer", "")[:40].replace("\0", "")
    form = MisuseForm(request.POST if request.method == "POST" else None, initial={"number": typed})
    if request.method == "POST" and form.is_valid() and (form.is_from_machine or not _too_often(request, form)):
        if not form.is_from_machine:
            told = {name: form.cleaned_data[name] for name in ("number", "place", "message", "email")}
            report_misuse(**told, now=timezone.now())
        return redirect("quality_mark:misuse_thanks")
    return antispam.shown(request, "quality_mark/register/misuse.html", {"form": form}, form)


def thanks(request):
    return render(request, "quality_mark/register/misuse_thanks.html")


def _too_often(request, form):
    return antispam.held_back(form, "mark-misuse", who_asks("mark-misuse", request), limit=PER_HOUR, seconds=3600)
