"""The page on which somebody asks for a role. Apps give it their form and what it is asked for."""

from django.contrib import messages
from django.shortcuts import redirect, render

from core.exceptions import Refused
from core.http import throttle

PER_HOUR = 10


def answer(request, form, ask, template, context):
    """The page of a form: `ask(**cleaned)` keeps the request or refuses, the person goes on to the panel."""
    if request.method == "POST" and form.is_valid():
        throttle("role-request", request.user.pk, limit=PER_HOUR, seconds=3600)
        try:
            ask(**form.cleaned_data)
        except Refused as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            messages.success(request, "Prośba czeka na koordynatora. Odpowiedź przyjdzie listem.")
            return redirect("panel")
    return render(request, template, context | {"form": form}, status=422 if form.errors else 200)
