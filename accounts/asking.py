"""The form in which somebody asks for a role, and what a page does with it."""

from django import forms
from django.contrib import messages
from django.shortcuts import redirect, render

from core.exceptions import Refused
from core.http import throttle

PER_HOUR = 10


class RequestForm(forms.Form):
    reason = forms.CharField(
        label="Dlaczego możesz działać w tym imieniu?",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Na przykład: jestem w zarządzie, prowadzę biuro, mam pełnomocnictwo.",
        error_messages={"required": "Napisz, dlaczego możesz działać w tym imieniu."},
    )
    document = forms.FileField(
        label="Dokument",
        required=False,
        widget=forms.ClearableFileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png"}),
        help_text="Na przykład pełnomocnictwo: PDF, JPG lub PNG, do 10 MB. Zobaczą go tylko koordynatorzy.",
    )


def answer(request, form, ask, template, context):
    """The page of a form: `ask(**cleaned)` keeps the request or refuses, the person goes on to the panel."""
    if request.method == "POST" and form.is_valid():
        throttle("role-request", request.user.pk, limit=PER_HOUR, seconds=3600)
        try:
            ask(**form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Prośba czeka na koordynatora. Odpowiedź przyjdzie listem.")
            return redirect("panel")
    return render(request, template, context | {"form": form}, status=422 if form.errors else 200)
