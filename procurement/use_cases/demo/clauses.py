"""Clauses with the data that their kinds ask for; now and then one that an officer has left out."""

from decimal import Decimal

from procurement.models import Clause
from procurement.use_cases.demo.office import given


def clause(material, code, random, **of):
    """An unsaved Clause of this kind; `of` names its item or its notice."""
    kind, texts = material.kinds[code], given()
    data = {
        "groups": sorted(random.sample(kind.groups, 2)) if kind.groups else [],
        "people": random.choice((1, 1, 2, 2, 3, 4)),
        "months": random.choice((6, 9, 12, 12, 24)),
        "percent": Decimal(random.choice((30, 30, 40, 50))),
        "weight": random.choice((10, 20, 20, 30)),
        "activities": random.choice(texts["activities"]),
        "label": random.choice(texts["labels"]),
        "control": random.choice(texts["controls"]) if random.random() < 0.85 else "",
    }
    return Clause(kind=kind, **{name: data[name] for name in kind.needs}, **of)
