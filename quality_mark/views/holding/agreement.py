"""The licence agreement, read and signed by its holder."""

from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone

from core.http import accepts
from quality_mark.applying.progress import is_too_late_to_sign
from quality_mark.calendar import last_day
from quality_mark.choices import ApplicationState
from quality_mark.forms.supervision import DeclareForm, SignedForm
from quality_mark.models import Agreement
from quality_mark.use_cases import agreements
from quality_mark.views.forms import done, sent
from quality_mark.views.own import own_application


@accepts("GET", "HEAD", "POST")
@login_required
def agreement(request, pk):
    """Signed by an uploaded copy, or by a typed declaration where the rules take one; not after its deadline."""
    application = own_application(request, pk)
    row = Agreement.objects.filter(application=application).select_related("paper", "signed").first()
    if row is None and application.state != ApplicationState.GRANTED:
        raise Http404
    waits = application.state == ApplicationState.GRANTED and row is not None
    declare, signed = DeclareForm(prefix="declare"), SignedForm(prefix="copy")
    if request.method == "POST" and waits:
        given = {"application_id": pk}
        if "declare" in request.POST:
            form = declare = sent(request, DeclareForm, prefix="declare")
            verb, name = agreements.sign_by_declaration, "signed_name"
            given["name"] = form.cleaned_data.get(name, "") if form.is_valid() else ""
        else:
            form = signed = sent(request, SignedForm, prefix="copy")
            verb = agreements.sign_by_file
            given["upload"] = form.cleaned_data.get("files") if form.is_valid() else None
        if done(request, form, verb, "Umowa jest podpisana w imieniu podmiotu. Teraz podpisuje ją urząd.", **given):
            return redirect("quality_mark:agreement", pk)
    context = {
        "application": application,
        "agreement": row,
        "waits": waits,
        "is_too_late": is_too_late_to_sign(application, timezone.now()),
        "last_day": last_day(application.due_at) if application.due_at else None,
        "declare": declare if application.rulebook.takes_typed_declaration else None,
        "signed": signed,
    }
    status = 422 if declare.errors or signed.errors else 200
    return render(request, "quality_mark/holding/agreement.html", context, status=status)
