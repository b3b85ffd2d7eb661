"""Buttons of supervision: asking the commission for its opinion, and drawing marks to be looked at."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone

from accounts.permissions import Action
from core.exceptions import Refused
from core.templatetags.portal import plural
from quality_mark.forms.supervision import DrawForm
from quality_mark.models import Mark
from quality_mark.use_cases import drawing, opinions
from quality_mark.views.forms import pressed
from quality_mark.views.supervision.doors import for_whom


@for_whom(Action.DECIDE_ON_MARK)
def ask_opinion(request, pk):
    """Only a button: whoever merely looks is led to the mark."""
    get_object_or_404(Mark, pk=pk)
    to = ("quality_mark:mark_desk", pk)
    if request.method != "POST":
        return redirect(*to)
    words = "Kapituła jest poproszona o opinię. Biuro doda sprawę do porządku obrad."
    return pressed(request, opinions.ask, words, to, mark_id=pk)


@for_whom(Action.HANDLE_MARK)
def draw(request):
    """Only a button: whoever merely looks is led back."""
    form = DrawForm(request.POST)
    if request.method == "POST" and form.is_valid():
        try:
            one = drawing.draw(count=form.cleaned_data["count"], actor=request.user, now=timezone.now())
        except Refused as refusal:
            messages.error(request, str(refusal))
        else:
            count = one.marks.count()
            messages.success(request, f"Wylosowano {count} {plural(count, 'znak,znaki,znaków')} do kontroli.")
    elif request.method == "POST":
        messages.error(request, "Podaj, ile znaków wylosować: od 1 do 100.")
    return redirect("quality_mark:marks")
