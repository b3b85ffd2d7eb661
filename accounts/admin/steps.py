"""What one may do with somebody else's account: each step asks why, and is a use case."""

from dataclasses import dataclass

from django import forms
from unfold import widgets

from accounts.use_cases.addresses import correct_address
from accounts.use_cases.closing import close_account, may_readdress, may_see_off, open_account
from accounts.use_cases.second_factor import remove_second_factor


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label="Dlaczego",
        max_length=200,
        widget=widgets.UnfoldAdminTextInputWidget,
        help_text="Te słowa dostanie ta osoba listem, zostaną też w dzienniku.",
        error_messages={"required": "Napisz dlaczego."},
    )


class AddressForm(ReasonForm):
    field_order = ["address", "reason"]
    address = forms.EmailField(label="Nowy adres", max_length=254, widget=widgets.UnfoldAdminEmailInputWidget)


@dataclass(frozen=True, slots=True)
class Step:
    label: str
    explanation: str
    use_case: callable
    done: str
    form: type = ReasonForm
    allowed: callable = may_see_off


STEPS = {
    "drugi-skladnik": Step(
        "Usuń drugi składnik",
        "Dla osoby, która zgubiła telefon lub klucz. Najpierw upewnij się, że to ona prosi. Urządzenia wylogujemy.",
        remove_second_factor,
        "Drugi składnik jest usunięty.",
    ),
    "adres": Step(
        "Popraw adres",
        "Najpierw upewnij się, że prosi o to ta osoba. Nowy adres trzeba będzie potwierdzić odsyłaczem z listu.",
        correct_address,
        "Adres jest poprawiony.",
        AddressForm,
        may_readdress,
    ),
    "wylacz": Step(
        "Wyłącz konto",
        "Role tej osoby skończą się dzisiaj, a urządzenia zostaną wylogowane. Historia zostaje.",
        close_account,
        "Konto jest wyłączone.",
    ),
    "wlacz": Step("Włącz konto", "Role trzeba nadać od nowa.", open_account, "Konto jest włączone."),
}


def steps_for(user, actor):
    """What `actor` may do with the account of `user` as it is now, by name."""
    return {
        name: step for name, step in STEPS.items() if (name == "wlacz") != user.is_active and step.allowed(actor, user)
    }
