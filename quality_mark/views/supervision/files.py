"""Files of the sign that holders fetch."""

from django.shortcuts import redirect, render

from quality_mark.forms.supervision import SignFileForm
from quality_mark.models import SignFile
from quality_mark.use_cases import sign_files
from quality_mark.views.forms import done, pressed, sent
from quality_mark.views.supervision.doors import OFFICE, for_whom


@for_whom(OFFICE)
def sign_file_list(request):
    removed = request.POST.get("usun", "")
    if removed.isdecimal() and len(removed) < 18:
        words, to = "Plik usunięty.", ("quality_mark:sign_files",)
        return pressed(request, _remove, words, to, file_id=int(removed))
    form = sent(request, SignFileForm)
    given = form.cleaned_data if request.method == "POST" and form.is_valid() else {}
    if done(request, form, sign_files.upload, "Plik dodany.", **given):
        return redirect("quality_mark:sign_files")
    context = {"form": form, "files": SignFile.objects.filter(removed_at=None)}
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "quality_mark/supervision/sign_files.html", context, status=status)


def _remove(*, file_id, actor, now):
    sign_files.remove(file_id=file_id, now=now)
