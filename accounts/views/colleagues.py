"""Who acts for the same organisation or authority: the list, inviting, taking one off. Apps give it their object."""

from django import forms
from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone

from accounts.use_cases.colleagues import LastOne, remove_colleague
from accounts.use_cases.invitations import invite
from core.exceptions import Refused
from core.http import throttle

# Letters to addresses that nobody has proved, with words of ours above.
PER_HOUR = 20


class RemovalForm(forms.Form):
    reason = forms.CharField(
        label="Powód",
        max_length=200,
        help_text="Ta osoba dostanie te słowa listem.",
        error_messages={"required": "Napisz powód."},
    )

    def __init__(self, *args, is_me, **kwargs):
        super().__init__(*args, **kwargs)
        if is_me:
            self.fields["reason"].help_text = "Te słowa dostaniesz w liście, który potwierdza koniec roli."


class LastRemovalForm(RemovalForm):
    knows_it_is_last = forms.BooleanField(
        label="Wiem, że nie zostanie nikt, kto może działać w tym imieniu",
        error_messages={"required": "Zaznacz, że wiesz, albo wróć do listy i najpierw zaproś kogoś."},
    )


class InvitationForm(forms.Form):
    """`units` are those for which one may invite, when that is not the whole authority or not only it."""

    email = forms.EmailField(
        label="E-mail osoby",
        max_length=254,
        help_text="Dostanie list z odsyłaczem, ważnym 14 dni.",
        error_messages={"required": "Podaj adres osoby, którą zapraszasz."},
    )
    unit = forms.TypedChoiceField(
        label="Jednostka", coerce=int, empty_value=None, error_messages={"required": "Wybierz jednostkę."}
    )

    def __init__(self, *args, units=(), whole=True, **kwargs):
        super().__init__(*args, **kwargs)
        if not units:
            del self.fields["unit"]
            return
        self.fields["unit"].required = not whole
        self.fields["unit"].choices = [*([("", "cały zamawiający")] if whole else []), *units]


def colleague_list(request, *, name, role, of, grants, invitations, address, may_manage, units=(), whole=True):
    """`grants` and `invitations` are those of the object, `of` names it for an invitation.

    `address(grant)` leads to the page on which a grant is ended.
    """
    form = InvitationForm(request.POST or None, units=units, whole=whole)
    if request.method == "POST" and form.is_valid():
        throttle("invitation", request.user.pk, limit=PER_HOUR, seconds=3600)
        unit = form.cleaned_data.get("unit")
        now = timezone.now()
        try:
            invite(
                email=form.cleaned_data["email"],
                role=role,
                **of | ({"ordering_unit": unit} if unit else {}),
                starts_on=timezone.localdate(now),
                actor=request.user,
                now=now,
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Zaproszenie wysłane.")
            return redirect(request.path)
    people = [
        {
            "name": one.user.get_full_name(),
            "email": one.user.email,
            "is_me": one.user_id == request.user.pk,
            "grant": one,
            "address": address(one) if may_manage(one) or one.user_id == request.user.pk else "",
        }
        for one in grants.valid_on(timezone.localdate()).of_active_people().with_objects().order_by("starts_on", "pk")
    ]
    context = {
        "name": name,
        "people": people,
        "invited": invitations.open(timezone.now()).with_objects().order_by("invited_at", "pk"),
        "form": form,
    }
    return render(request, "panel/people.html", context, status=422 if form.errors else 200)


def colleague_removal(request, *, name, grants, grant_id, back, may_manage):
    grant = grants.valid_on(timezone.localdate()).with_objects().filter(pk=grant_id).first()
    is_me = grant is not None and grant.user_id == request.user.pk
    if grant is None or not (is_me or may_manage(grant)):
        raise Http404
    asks_twice = "knows_it_is_last" in request.POST or "last" in request.POST
    form = (LastRemovalForm if asks_twice else RemovalForm)(request.POST or None, is_me=is_me)
    if request.method == "POST" and form.is_valid():
        try:
            remove_colleague(grant_id=grant.pk, actor=request.user, now=timezone.now(), **form.cleaned_data)
        except LastOne as refusal:
            form, asks_twice = LastRemovalForm(initial=form.cleaned_data, is_me=is_me), True
            messages.warning(request, str(refusal))
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Twoja rola jest zakończona." if is_me else "Gotowe. Ta osoba dostanie list.")
            return redirect("panel" if is_me else back)
    context = {"name": name, "grant": grant, "is_me": is_me, "form": form, "back": back, "asks_twice": asks_twice}
    return render(request, "panel/person_removal.html", context, status=422 if form.errors else 200)
