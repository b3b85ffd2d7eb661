"""Loading the dictionaries of data/: each is replaced only when its file changed, and never loses a row in use."""

import csv
import hashlib
import tomllib
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction

from registry.choices import CpvLevel
from registry.models import CpvCode, DictionaryLoad, LegalForm, OfferCategory, OrganisationKind, PkdCode, TermRule
from registry.use_cases.territory import load_territory

LEVELS = {
    1: CpvLevel.DIVISION,
    2: CpvLevel.DIVISION,
    3: CpvLevel.GROUP,
    4: CpvLevel.CLASS,
    5: CpvLevel.CATEGORY,
}


@dataclass(frozen=True)
class Loaded:
    name: str
    rows: int
    changed: bool


def load_all(*, data_dir, territory_dir):
    """Load every dictionary; returns a list of `Loaded`, one a dictionary, in load order."""
    sources = tomllib.loads((data_dir / "sources.toml").read_text("utf-8"))
    loaded = [load_territory(folder=territory_dir, record=_record)]
    for name, source in sources.items():
        path = data_dir / source["file"]
        loaded.append(_record(name, [path], source, lambda path=path, name=name: LOADERS[name](_rows(path))))
    return loaded


@transaction.atomic
def _record(name, paths, source, load):
    """Run `load()` (returns the number of rows) when the files differ from what the database was loaded from."""
    digest = hashlib.sha256(b"".join(Path(path).read_bytes() for path in paths)).hexdigest()
    known = DictionaryLoad.objects.filter(name=name).first()
    if known and known.sha256 == digest:
        return Loaded(name, known.rows, changed=False)
    rows = load()
    DictionaryLoad.objects.update_or_create(
        name=name,
        defaults={
            "as_of": source["as_of"],
            "source": source["source"],
            "licence": source.get("licence", ""),
            "rows": rows,
            "sha256": digest,
        },
    )
    return Loaded(name, rows, changed=True)


def _rows(path):
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def upsert(model, objects, *, key):
    """Insert or update by a unique key (one field name or several), in bulk; returns how many."""
    keys = [key] if isinstance(key, str) else list(key)
    fields = [f.name for f in model._meta.concrete_fields if f.name not in keys and not f.primary_key]
    model.objects.bulk_create(
        objects, batch_size=2000, update_conflicts=True, unique_fields=keys, update_fields=fields
    )
    return len(objects)


def load_cpv(rows):
    codes = {row["code"][:8] for row in rows}
    return upsert(
        CpvCode,
        [
            CpvCode(
                code8=code8,
                code=row["code"],
                level=LEVELS.get(len(code8.rstrip("0")), CpvLevel.SUBCATEGORY),
                parent_id=_cpv_parent(code8, codes),
                label_pl=row["label_pl"],
                label_en=row["label_en"],
            )
            for row in sorted(rows, key=lambda row: (len(row["code"][:8].rstrip("0")), row["code"]))
            for code8 in [row["code"][:8]]
        ],
        key="code8",
    )


def _cpv_parent(code8, codes):
    """The nearest existing code above: 90911200 → 90911000 → 90910000 → 90900000 → 90000000 → none."""
    significant = code8.rstrip("0")
    for length in range(len(significant) - 1, 1, -1):
        candidate = significant[:length].ljust(8, "0")
        if candidate in codes and candidate != code8:
            return candidate
    return None


def load_pkd(rows, *, version=2007):
    return upsert(PkdCode, [PkdCode(version=version, **row) for row in rows], key=["version", "symbol"])


def load_kinds(rows):
    return upsert(
        OrganisationKind,
        [
            OrganisationKind(
                position=position,
                **{name: value == "1" if name.startswith(("is_", "may_")) else value for name, value in row.items()},
            )
            for position, row in enumerate(rows, start=1)
        ],
        key="code",
    )


def load_legal_forms(rows):
    return upsert(LegalForm, [LegalForm(position=n, **row) for n, row in enumerate(rows, start=1)], key="code")


def load_offer_categories(rows):
    upsert(
        OfferCategory,
        [
            OfferCategory(
                code=row["code"], label=row["label"], keywords=[w for w in row["keywords"].split("|") if w], position=n
            )
            for n, row in enumerate(rows, start=1)
        ],
        key="code",
    )
    link = OfferCategory.cpv.through
    link.objects.all().delete()
    link.objects.bulk_create(
        link(offercategory_id=row["code"], cpvcode_id=code[:8]) for row in rows for code in row["cpv"].split()
    )
    return len(rows)


def load_term_rules(rows):
    """Rows that are not there yet: what administrators have checked or changed stays."""
    for row in rows:
        same = {"kind": row["kind"], "valid_from": row["valid_from"]}
        given = {name: row[name] for name in ("number", "legal_basis", "source")}
        given |= {"valid_until": row["valid_until"] or None, "is_checked": row["is_checked"] == "1"}
        TermRule.objects.get_or_create(**same, defaults=given)
    return len(rows)


LOADERS = {
    "cpv": load_cpv,
    "pkd_2007": load_pkd,
    "kinds": load_kinds,
    "legal_forms": load_legal_forms,
    "offer_categories": load_offer_categories,
    "term_rules": load_term_rules,
}
