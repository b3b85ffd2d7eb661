"""The question of the advisor in words and in addresses."""

from django.urls import reverse
from django.utils.http import urlencode

from core.templatetags.portal import date_words, money
from procurement.choices import BuyerGroup, Nature

# What the search for suppliers takes of the question.
OF_SUPPLIERS = ("q", "cpv", "powiat")


def asked_again(form):
    """The question as it was typed, without what is empty."""
    return {name: form.data[name] for name in form.fields if form.data.get(name)}


def facts(advice, form):
    """(name, words) of the question, for the head of the answer."""
    asked = advice.asked
    return [
        ("Wartość netto", money(asked["value"])),
        ("Dzień", date_words(advice.day)),
        ("Rodzaj", _nature(asked)),
        ("Kto kupuje", f"zamawiający {BuyerGroup(asked['buyer']).label}" if asked["buyer"] else ""),
        ("Miejsce", form.fields["powiat"].names.get(asked["powiat"], "")),
    ]


def codes(advice, asked):
    """(CpvCode, address of the same question with this code)."""
    page = reverse("procurement:advisor")
    return [(code, f"{page}?{urlencode(asked | {'cpv': code.code})}") for code in advice.codes]


def suppliers_query(asked):
    return urlencode({name: asked[name] for name in OF_SUPPLIERS if name in asked})


def _nature(asked):
    if asked["social"]:
        return "usługi społeczne i inne szczególne"
    return Nature(asked["nature"]).label if asked["nature"] else "jeszcze nie wiadomo"
