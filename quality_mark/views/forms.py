"""What pages with one form have in common."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone

from core.exceptions import Refused


def sent(request, form_class, **options):
    """The form, bound when something was sent."""
    if request.method == "POST":
        return form_class(request.POST, request.FILES, **options)
    return form_class(**options)


def done(request, form, verb, words, **given):
    """Whether `verb`, a use case, has taken what the form holds; a refusal is told in the form."""
    if request.method != "POST" or not form.is_valid():
        return False
    try:
        verb(**given, actor=request.user, now=timezone.now())
    except Refused as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        return False
    if words:
        messages.success(request, words)
    return True


def pressed(request, verb, words, to, **given):
    """A button without a form: done or refused in words on the page `to` leads to."""
    try:
        verb(**given, actor=request.user, now=timezone.now())
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, words)
    return redirect(*to)


def form_page(request, *, form, title, back, button, text="", danger=False):
    """A page with a heading, a form and a way back, (words, address)."""
    context = {"form": form, "title": title, "back": back, "button": button, "text": text, "danger": danger}
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "quality_mark/supervision/form.html", context, status=status)
