"""Mine to see, to take away and to have erased."""

from datetime import date, datetime

from allauth.account.decorators import reauthentication_required
from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import JsonResponse
from django.shortcuts import redirect, render
from django.template.defaultfilters import truncatechars
from django.utils import timezone

from accounts import trail
from accounts.choices import TrailKind
from accounts.use_cases import consents, erasure
from core import personal_data
from core.exceptions import Refused
from core.http import accepts
from core.templatetags.portal import date_words

# Of a long list the page shows the newest; the file holds all.
SHOWN = 20
LONGEST = 200


class ErasureForm(forms.Form):
    reason = forms.CharField(
        label="Powód",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Nie musisz go podawać. Pomaga, gdy prawo każe część danych zachować.",
    )


@accepts("GET", "HEAD", "POST")
@login_required
def overview(request):
    """Everything by class, and what can be done with it; a POST takes a consent back."""
    if request.method == "POST":
        return _withdraw_consent(request)
    held = [(one, one.collect(request.user)) for one in _collected()]
    context = {
        "classes": [_shown(one, rows) for one, rows in held if rows],
        "nothing": [one for one, rows in held if not rows],
        "shown": SHOWN,
        "consents": request.user.consents.filter(withdrawn_at=None).select_related("document").order_by("pk"),
        "waiting": request.user.erasure_requests.filter(decided_at=None).first(),
    }
    return render(request, "accounts/konto_dane.html", context)


@accepts("GET", "HEAD", "POST")
@login_required
@reauthentication_required
def take(request):
    """The same as a file, after the password was asked for."""
    if request.method != "POST":
        return render(request, "accounts/konto_dane_pobierz.html")
    now = timezone.now()
    data = [
        {"dane": one.label, "po co": one.purpose, "podstawa": one.basis, "jak długo": one.kept(), "wiersze": rows}
        for one in _collected()
        if (rows := one.collect(request.user))
    ]
    trail.note(TrailKind.DATA_TAKEN, actor=request.user, subject=request.user, now=now)
    answer = {"portal": settings.SITE_URL, "stan na": now, "dane": data}
    name = f"moje-dane-{timezone.localdate(now)}.json"
    return JsonResponse(
        answer,
        json_dumps_params={"ensure_ascii": False, "indent": 2},
        headers={"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"},
    )


@accepts("GET", "HEAD", "POST")
@login_required
@reauthentication_required
def ask_erasure(request):
    now = timezone.now()
    form = ErasureForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            erasure.ask(user=request.user, reason=form.cleaned_data["reason"], now=now)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Przyjęto prośbę. Odpowiedź przyjdzie listem.")
            return redirect("privacy:own_data")
    context = {"form": form, "consequences": erasure.consequences(request.user, now=now)}
    return render(request, "accounts/konto_dane_usuniecie.html", context, status=422 if form.errors else 200)


def _withdraw_consent(request):
    chosen = request.POST.get("consent", "")
    try:
        if not (chosen.isascii() and chosen.isdigit() and len(chosen) < 18):
            raise Refused("Tej zgody nie ma.")
        consents.withdraw(user=request.user, consent_id=int(chosen), now=timezone.now())
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "Wycofano zgodę.")
    return redirect("privacy:own_data")


def _collected():
    return [one for one in personal_data.all_classes() if one.collect]


def _shown(one, rows):
    """One class for the page: `facts` of a single row, or a table of the first SHOWN."""
    columns = list(rows[0])
    cells = [[_words(row.get(name)) for name in columns] for row in rows[:SHOWN]]
    return {
        "one": one,
        "facts": list(zip(columns, cells[0], strict=True)) if len(rows) == 1 else [],
        "columns": [{"label": name} for name in columns],
        "rows": cells if len(rows) > 1 else [],
        "more": max(0, len(rows) - SHOWN),
    }


def _words(value):
    if isinstance(value, datetime):
        return f"{date_words(value)}, {timezone.localtime(value):%H:%M}"
    if isinstance(value, date):
        return date_words(value)
    return "" if value is None else truncatechars(str(value), LONGEST)
