from django.shortcuts import redirect, render
from django.utils import timezone

from core.http import accepts, throttle, who_asks
from quality_mark.forms.supervision import MisuseForm
from quality_mark.use_cases.watching import report_misuse

PER_HOUR = 5


@accepts("GET", "HEAD", "POST")
def misuse(request):
    """Anybody may tell that a mark is used wrongly, five times an hour."""
    typed = request.GET.get("numer", "")[:40].replace("\0", "")
    form = MisuseForm(request.POST if request.method == "POST" else None, initial={"number": typed})
    if request.method == "POST" and form.is_valid():
        if not form.is_from_machine:
            throttle("mark-misuse", who_asks("mark-misuse", request), limit=PER_HOUR, seconds=3600)
            told = {name: form.cleaned_data[name] for name in ("number", "place", "message", "email")}
            report_misuse(**told, now=timezone.now())
        return redirect("quality_mark:misuse_thanks")
    status = 422 if form.errors else 200
    return render(request, "quality_mark/register/misuse.html", {"form": form}, status=status)


def thanks(request):
    return render(request, "quality_mark/register/misuse_thanks.html")
