"""The section `tender` of a notice, as it is today."""

from procurement.choices import NoticeKind, NoticeState, Outcome
from procurement.ocds.clauses import sustainability
from procurement.ocds.values import CATEGORIES, amount, items, known, moment, period

# They ask for no offers yet: what they announce is planned.
BEFORE = (NoticeKind.PRIOR, NoticeKind.CONSULTATION)


def tender(notice, entity):
    method = notice.mode
    return known(
        id=notice.posting.ocid,
        title=notice.subject,
        description=notice.description,
        status=status(notice),
        procuringEntity=entity,
        items=items(notice.subject, [link.code for link in notice.cpv_links.all()]),
        value=amount(notice.value) if notice.value_is_public else None,
        procurementMethod=method.ocds_method if method else "",
        procurementMethodDetails=method.label if method else "",
        mainProcurementCategory=CATEGORIES.get(notice.nature),
        awardCriteria=None
        if notice.price_weight is None
        else "priceOnly"
        if notice.price_weight == 100
        else "ratedCriteria",
        awardCriteriaDetails="" if notice.price_weight is None else f"cena: {notice.price_weight}%",
        tenderPeriod=period(None if notice.kind in BEFORE else notice.published_at, notice.deadline_at),
        contractPeriod=period(notice.performed_from, notice.performed_until),
        documents=_documents(notice),
        lots=[_lot(part, notice) for part in notice.parts.all()],
    ) | sustainability(notice.clauses.all())


def status(notice):
    if notice.state == NoticeState.WITHDRAWN:
        return "withdrawn"
    if notice.state == NoticeState.CANCELLED:
        return "cancelled"
    if notice.state == NoticeState.CONCLUDED:
        given = [award for award in notice.awards.all() if award.outcome == Outcome.AWARDED]
        return "complete" if given or not notice.awards.all() else "unsuccessful"
    return "planned" if notice.kind in BEFORE else "active"


def _lot(part, notice):
    return known(id=str(part.number), title=part.subject, value=amount(part.value) if notice.value_is_public else None)


def _documents(notice):
    """Where the notice stands elsewhere, and what was linked. Files kept here have addresses of their own."""
    numbers = [
        ("bzp", "Biuletyn Zamówień Publicznych", notice.bzp_number),
        ("ted", "Dziennik Urzędowy Unii Europejskiej", notice.ted_number),
        ("bk", "Baza Konkurencyjności", notice.bk_number),
    ]
    documents = [
        known(id=key, documentType="tenderNotice", title=f"{title}: {number}")
        for key, title, number in numbers
        if number
    ]
    if notice.url:
        documents.append(
            {"id": "strona", "documentType": "tenderNotice", "title": "Strona postępowania", "url": notice.url}
        )
    return documents + [
        known(id=f"d{one.pk}", title=one.title, url=one.url, datePublished=moment(one.added_at))
        for one in notice.documents.all()
        if one.url
    ]
