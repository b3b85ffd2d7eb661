"""A clause in plain words. What it means in law is the text of its kind, kept in the dictionary; here are its data."""

from core.templatetags.portal import NBSP, plural
from procurement.models import ClauseGroup


def clause_facts(clause, labels=None):
    """[(name, words)] of what was said of a clause; `labels` {code of a group: label} spares a query."""
    labels = labels if labels is not None else group_labels(clause.groups)
    facts = [
        ("Grupy osób", ", ".join(labels.get(code, code) for code in clause.groups)),
        ("Liczba osób", _count(clause.people, "osoba,osoby,osób")),
        ("Okres zatrudnienia", _count(clause.months, "miesiąc,miesiące,miesięcy")),
        ("Udział tych osób w zatrudnieniu", _percent(clause.percent)),
        ("Waga kryterium", _percent(clause.weight)),
        ("Czynności", clause.activities),
        ("Etykieta lub norma", clause.label),
        ("Sposób sprawdzenia", clause.control),
        ("Uwagi", clause.note),
    ]
    return [(name, words) for name, words in facts if words]


def clause_line(clause, labels=None):
    """The same in one line."""
    facts = [f"{name.lower()}: {words}" for name, words in clause_facts(clause, labels)]
    return "; ".join(facts) or "bez dodatkowych danych"


def group_labels(codes):
    """{code: label}; of a code with several times the newest."""
    rows = ClauseGroup.objects.filter(code__in=set(codes)).order_by("valid_from")
    return dict(rows.values_list("code", "label"))


def _count(number, forms):
    return "" if number is None else f"{number}{NBSP}{plural(number, forms)}"


def _percent(number):
    """33.50 → "33,5%", 60 → "60%"."""
    if number is None:
        return ""
    text = f"{number:f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text).replace(".", ",") + "%"
