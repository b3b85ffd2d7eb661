"""One posting: which values its entry holds."""

from functools import lru_cache

from core.polish import sort_key
from procurement.choices import EntryType, Nature, NoticeKind, NoticeState
from registry.codes import cpv_parents
from registry.search import Field
from registry.use_cases.catalogue.entries import summary
from registry.use_cases.catalogue.lexemes import Lexemes
from registry.use_cases.catalogue.writing import array


def item_row(item, texts):
    """The row of PostingEntry for a position of a plan; what can be searched is added to the set `texts`."""
    return _shared(item) | {
        "type": EntryType.PLAN.value,
        "number": item.number,
        "plan_number": item.plan_number,
        "opens_on": item.opens_on,
        "opens_precision": item.opens_precision,
        "notice_kind": "",
        "deadline_at": None,
        "decided_on": None,
        "suppliers": [],
        "search": _lexemes(item, texts, (), ("plan", item.number, item.plan_number)).literal(),
    }


def notice_row(notice, texts):
    """The row of PostingEntry for a notice, before or after its result."""
    numbers = (notice.bzp_number, notice.ted_number, notice.bk_number, notice.signature)
    told = (NoticeKind(notice.notice_kind).label, *numbers, notice.procedure_id, *notice.suppliers)
    is_result = notice.state in (NoticeState.CONCLUDED, NoticeState.CANCELLED)
    return _shared(notice) | {
        "type": (EntryType.RESULT if is_result else EntryType.NOTICE).value,
        "number": next(filter(None, numbers), ""),
        "plan_number": notice.plan_number or "",
        "opens_on": None,
        "opens_precision": "",
        "notice_kind": notice.notice_kind,
        "deadline_at": notice.deadline_at,
        "decided_on": notice.decided_on,
        "suppliers": notice.suppliers,
        "search": _lexemes(notice, texts, notice.part_subjects, told).literal(),
    }


def _shared(row):
    clauses = sorted(row.clauses)
    return {
        "posting_id": row.id,
        "ocid": row.ocid,
        "subject": row.subject,
        "sort_key": _order(row.subject),
        "summary": summary(row.text),
        "buyer_id": row.buyer_id,
        "buyer_name": row.buyer_name,
        "buyer_slug": row.buyer_slug,
        "buyer_nip": row.buyer_nip or "",
        "unit_name": row.unit_name or "",
        "county_id": row.county_id,
        "municipality_id": row.municipality_id,
        "nature": row.nature,
        "state": row.state,
        "mode": row.mode or "",
        "mode_label": row.mode_label or "",
        "value": row.value,
        "is_approximate": row.is_approximate,
        "year": row.year,
        "cpv": _cpv(tuple(row.cpv)),
        "cpv_codes": list(row.cpv_codes),
        "clauses": clauses,
        "articles": sorted(row.articles),
        "clause_key": ",".join(clauses)[:400],
        "due_at": row.due_at,
        "url": row.url,
        "published_at": row.published_at,
        "changed_at": row.changed_at,
    }


def _lexemes(row, texts, parts, told):
    """The subject is the name; parts and codes count like offers of a card."""
    lexemes = Lexemes(texts).add(Field.NAME, row.subject)
    lexemes.add(Field.OFFERS, *parts, *row.cpv_labels)
    nature = Nature(row.nature).label if row.nature else ""
    lexemes.add(Field.DESCRIPTION, row.text, row.buyer_name, row.buyer_short, row.unit_name, nature, row.mode_label)
    lexemes.add(Field.DESCRIPTION, *row.clause_labels, *told)
    return lexemes.add(Field.PLACE, row.place, row.municipality_name, row.county_name, row.buyer_town)


@lru_cache(maxsize=10_000)
def _order(subject):
    return sort_key(subject).partition("\t")[0][:420]


@lru_cache(maxsize=10_000)
def _cpv(codes):
    return array(sorted({parent for code in codes for parent in cpv_parents(code)}))
