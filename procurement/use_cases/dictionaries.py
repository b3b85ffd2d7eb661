"""Loading the dated rows of the rules from data/procurement/.

What stands in the database is what administrators have checked or corrected: a file adds rows and ends those that it
says have ended, and changes nothing else.
"""

from datetime import date
from decimal import Decimal

from procurement.models import ClauseGroup, ClauseKind, CodeListEntry, Guide, Mode, OfferPeriod, Rule
from registry.use_cases.dictionaries import upsert


def load_rules(rows):
    return _load(
        Rule,
        ("kind", "nature", "buyer_group", "is_social"),
        [row | {"is_social": row["is_social"] == "1", "number": Decimal(row["number"])} for row in rows],
    )


def load_modes(rows):
    return _load(
        Mode,
        ("code",),
        [
            row | {"bands": row["bands"].split(), "synonyms": _listed(row["synonyms"], "|"), "position": number}
            for number, row in enumerate(rows, 1)
        ],
    )


def load_clause_kinds(rows):
    return _load(
        ClauseKind,
        ("code",),
        [
            row | {"needs": row["needs"].split(), "groups": row["groups"].split(), "position": number}
            for number, row in enumerate(rows, 1)
        ],
    )


def load_clause_groups(rows):
    return _load(
        ClauseGroup,
        ("code",),
        [row | {"articles": row["articles"].split(), "position": number} for number, row in enumerate(rows, 1)],
    )


def load_offer_periods(rows):
    return _load(OfferPeriod, ("mode", "nature"), [row | {"days": int(row["days"])} for row in rows])


def load_guides(rows):
    """Texts that are not there yet: what people have written or changed stays."""
    for row in rows:
        same = {"topic": row["topic"], "clause": row["clause"]}
        if Guide.objects.filter(**same).exists():
            # One that nobody has written yet is no word of anybody.
            Guide.objects.filter(**same, text="", author=row["author"]).update(text=row["text"].replace("|", "\n"))
            continue
        Guide.objects.create(
            **same,
            text=row["text"].replace("|", "\n"),
            bands=row["bands"].split(),
            natures=row["natures"].split(),
            is_only_social=row["is_only_social"] == "1",
            author=row["author"],
            valid_from=date.fromisoformat(row["valid_from"]),
            sources=row["sources"].replace("|", "\n"),
        )
    return len(rows)


def load_eforms(rows):
    return upsert(CodeListEntry, [CodeListEntry(**row) for row in rows], key=("codelist", "code"))


def _load(model, key, rows):
    """`rows` as they stand in the file but for what has been read already. Returns how many there are."""
    for row in rows:
        row |= {
            "valid_from": date.fromisoformat(row["valid_from"]),
            "valid_until": date.fromisoformat(row["valid_until"]) if row.get("valid_until") else None,
            "is_checked": row["is_checked"] == "1",
        }
        same = {name: row[name] for name in (*key, "valid_from")}
        if model.objects.filter(**same).exists():
            if row["valid_until"]:
                model.objects.filter(**same, valid_until=None).update(valid_until=row["valid_until"])
        else:
            model.objects.create(**row)
    return len(rows)


def _listed(text, separator):
    return [word for word in text.split(separator) if word]


LOADERS = {
    "procurement_rules": load_rules,
    "procurement_modes": load_modes,
    "clause_kinds": load_clause_kinds,
    "clause_groups": load_clause_groups,
    "offer_periods": load_offer_periods,
    "guides": load_guides,
    "eforms": load_eforms,
}
