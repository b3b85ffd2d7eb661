"""Invented content for /styl/, the page that shows every component in every state."""

from datetime import date

from django import forms
from django.core.paginator import Paginator

KINDS = [("coop", "spółdzielnia socjalna"), ("foundation", "fundacja"), ("association", "stowarzyszenie")]


class SampleForm(forms.Form):
    name = forms.CharField(label="Nazwa", help_text="Pełna nazwa, tak jak w rejestrze.", max_length=60)
    email = forms.EmailField(label="E-mail", required=False)
    kind = forms.ChoiceField(label="Rodzaj podmiotu", choices=[("", "wybierz"), *KINDS])
    reach = forms.MultipleChoiceField(
        label="Obszar działania",
        choices=[("02", "całe województwo"), ("0264", "Wrocław"), ("0211", "powiat lubiński")],
        widget=forms.CheckboxSelectMultiple,
    )
    legal_person = forms.ChoiceField(
        label="Osobowość prawna", choices=[("1", "tak"), ("0", "nie")], widget=forms.RadioSelect
    )
    description = forms.CharField(label="Opis", widget=forms.Textarea, help_text="Dwa lub trzy zdania.")
    picture = forms.FileField(label="Zdjęcie", required=False)
    agreed = forms.BooleanField(label="Dane są prawdziwe")


def context():
    """Everything core/style.html shows, as the components expect it."""
    page = Paginator(range(1000), 25).page(2)
    page.numbers = list(page.paginator.get_elided_page_range(2, on_each_side=1, on_ends=1))
    faulty = SampleForm({"f-name": "Spółdzielnia " * 6, "f-email": "biuro@", "f-reach": ["99"]}, prefix="f")
    return {
        "colours": COLOURS,
        "form": SampleForm(initial={"name": "Spółdzielnia Socjalna „Zielony Próg”", "legal_person": "1"}),
        "faulty": faulty,
        "filters": FILTERS,
        "chips": [{"label": name, "url": "#"} for name in ("Wrocław", "powiat lubiński", "spółdzielnia socjalna")],
        "rows": ROWS,
        "columns": [{"label": "Przedmiot"}, {"label": "Tryb"}, {"label": "Wartość", "numeric": True}],
        "table_rows": [
            ["Usługi cateringowe dla szkół", "podstawowy, art. 275 pkt 1", "480 000,00 zł"],
            ["Utrzymanie zieleni miejskiej", "zastrzeżone z art. 94", "1 234,50 zł"],
        ],
        "facts": [("NIP", "897 123 45 67"), ("Rodzaj", "spółdzielnia socjalna"), ("Adres", "ul. Łąkowa 7, Wrocław")],
        "figures": [
            {"value": 512, "label": "podmiotów w katalogu", "url": "/katalog/"},
            {"value": 1340, "label": "ofert"},
            {"value": 87, "label": "przedsiębiorstw społecznych"},
            {"value": 23, "label": "ofert ze znakiem"},
        ],
        "links": [{"label": "Katalog", "url": "/katalog/"}, {"label": "Wrocław", "url": "#"}],
        "tabs": [
            {"label": "Karta", "url": "#", "current": True},
            {"label": "Oferty", "url": "#", "count": 12},
            {"label": "Historia zmian", "url": "#"},
        ],
        "views": [{"label": "Lista", "url": "#", "current": True}, {"label": "Mapa", "url": "#"}],
        "next_steps": [{"label": "Wyczyść filtry", "url": "#"}, {"label": "Wszystkie podmioty", "url": "#"}],
        "page": page,
        "day": date(2026, 11, 3),
        "counts": [1, 2, 5, 12, 22, 1340],
    }


COLOURS = [
    "paper raised sunk ink ink-soft line line-strong".split(),
    "accent accent-strong accent-wash on-accent mark mark-wash on-mark".split(),
    "good good-wash warn warn-wash bad bad-wash focus".split(),
]

FILTERS = [
    {
        "name": "powiat",
        "label": "Powiat",
        "open": True,
        "options": [
            {"value": "0264", "label": "Wrocław", "count": 21, "checked": True},
            {"value": "0211", "label": "lubiński", "count": 1340, "checked": True},
            *(
                {"value": f"024{number:02}", "label": name, "count": max(0, 9 - number)}
                for number, name in enumerate(
                    "bolesławiecki dzierżoniowski głogowski górowski jaworski karkonoski kamiennogórski kłodzki "
                    "legnicki lubański lwówecki milicki".split(),
                    start=1,
                )
            ),
        ],
    },
    {
        "name": "kind",
        "label": "Rodzaj podmiotu",
        "open": True,
        "error": "Nie znamy rodzaju „xyz”.",
        "options": [{"value": value, "label": label, "count": 3} for value, label in KINDS],
    },
    {
        "name": "mark",
        "label": "Status i znak",
        "options": [
            {"value": "1", "label": "przedsiębiorstwo społeczne", "count": 14, "name": "ps"},
            {"value": "1", "label": "znak Zakup Prospołeczny", "count": 9},
        ],
    },
]

ROWS = [
    {
        "title": "Spółdzielnia Socjalna „Zielony Próg”",
        "meta": "spółdzielnia socjalna · Wrocław",
        "text": "Sprzątanie biur i klatek schodowych, pielęgnacja zieleni, drobne naprawy. 14 osób zatrudnionych.",
        "badges": [
            {"text": "Przedsiębiorstwo społeczne", "kind": "ps"},
            {"text": "Zakup Prospołeczny", "kind": "mark"},
        ],
        "fresh": "potwierdzono 3 listopada 2026",
    },
    {
        "title": "Zakład Aktywności Zawodowej w Ścinawie",
        "meta": "ZAZ · prowadzi Fundacja Przystań · powiat lubiński",
        "text": "Pralnia wodna z odbiorem, szycie pościeli, sprzątanie obiektów użyteczności publicznej.",
        "badges": [{"text": "Zakup Prospołeczny", "kind": "mark"}],
        "fresh": "potwierdzono 19 października 2026",
    },
    {
        "title": "Fundacja „Dobra Praca”",
        "meta": "fundacja · powiat świdnicki",
        "text": "Catering, obsługa konferencji, sprzątanie biur po godzinach.",
        "badges": [{"text": "Przedsiębiorstwo społeczne", "kind": "ps"}],
        "fresh": "niepotwierdzone od 14 miesięcy",
    },
]
