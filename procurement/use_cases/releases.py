"""Telling what has become public of a contracting process: one row for each release of OCDS."""

import json
from hashlib import blake2b

from django.db import connection
from django.db.models import Exists, F, OuterRef, Q, Subquery

from core.copying import Rows
from procurement.choices import NoticeState, PlanState, ReleaseStage
from procurement.models import Notice, PlanItem, Posting, Release
from procurement.ocds.notices import WITHDRAWN, sections

_BATCH = 500


def tell(posting_ids, *, now):
    """Add the releases that these postings lack, in the caller's transaction and with the postings locked.

    Nothing is added when nothing new is to be told. Of a notice that was withdrawn only that is told, and what was
    told before is told no longer: its page is gone too.
    """
    ids = sorted(set(posting_ids))
    for start in range(0, len(ids), _BATCH):
        part = ids[start : start + _BATCH]
        ocids = dict(Posting.objects.filter(pk__in=part).values_list("pk", "ocid"))
        _rename(part)
        found = Rows(Release._meta.db_table)
        for release in (*_of_items(part, ocids), *_of_notices(part, ocids, now)):
            found.add(**release)
        with connection.cursor() as cursor:
            found.write(cursor)


def _rename(ids):
    """A notice that the bulletin has given a number belongs to that process, with all that was told of it."""
    ocid = Posting.objects.filter(pk=OuterRef("posting")).values("ocid")
    Release.objects.filter(posting__in=ids).exclude(ocid=F("posting__ocid")).update(ocid=Subquery(ocid))


def _of_items(ids, ocids):
    """A release for each published item that says something new: the first of its position, and each update."""
    earlier = PlanItem.objects.filter(
        position=OuterRef("position"),
        version__state=PlanState.PUBLISHED,
        version__number__lt=OuterRef("version__number"),
    )
    items = (
        PlanItem.objects.filter(position__in=ids, version__state=PlanState.PUBLISHED, release=None)
        .annotate(is_update=Exists(earlier))
        .filter(Q(is_update=False) | ~Q(update_kind="") | ~Q(changes={}))
        .order_by("version__published_at", "version__number", "pk")
    )
    rows = items.values_list("pk", "position_id", "is_update", "version__published_at")
    for pk, position, is_update, published_at in rows:
        yield {
            "posting_id": position,
            "ocid": ocids[position],
            "stage": ReleaseStage.PLANNING.value,
            "tag": "planningUpdate" if is_update else "planning",
            "made_at": published_at,
            "item_id": pk,
            "body": None,
            "digest": "",
        }


def _of_notices(ids, ocids, now):
    notices = Notice.objects.filter(
        posting__in=ids, state__in=[*NoticeState.public(), NoticeState.WITHDRAWN]
    ).select_related("posting", "authority__institution", "unit", "mode", "position__posting")
    notices = list(
        notices.order_by("pk").prefetch_related(
            "cpv_links__code", "clauses__kind", "parts", "documents", "awards__supplier", "awards__part",
            "awards__reports",
        )
    )  # fmt: skip
    told = _told([notice.pk for notice in notices])
    contracts = _contracts_told([posting for posting, stage in told if stage == ReleaseStage.CONTRACT])
    for notice in notices:
        if notice.state == NoticeState.WITHDRAWN:
            _forget(notice, told)
        for stage, tag, body in sections(notice, contracts.get(notice.pk, ())):
            text = _text(body)
            digest, before = _digest(text), told.get((notice.pk, stage))
            if before == digest:
                continue
            yield {
                "posting_id": notice.pk,
                "ocid": ocids[notice.pk],
                "stage": stage.value,
                "tag": tag if before is None or tag == WITHDRAWN else f"{tag}Update",
                "made_at": now if before or stage != ReleaseStage.TENDER else notice.published_at,
                "item_id": None,
                "body": text,
                "digest": digest,
            }


def _told(ids):
    """{(posting, stage): digest of what was told last}."""
    rows = Release.objects.filter(posting__in=ids, item=None).order_by("pk")
    return {(posting, stage): digest for posting, stage, digest in rows.values_list("posting_id", "stage", "digest")}


def _contracts_told(ids):
    """{posting: ids of the contracts that were told last}."""
    if not ids:
        return {}
    rows = Release.objects.filter(posting__in=ids, stage=ReleaseStage.CONTRACT).order_by("pk")
    return {posting: [one["id"] for one in body["contracts"]] for posting, body in rows.values_list("posting", "body")}


def _forget(notice, told):
    digest = _digest(_text(next(body for _, _, body in sections(notice))))
    if told.get((notice.pk, ReleaseStage.TENDER)) != digest:
        Release.objects.filter(posting=notice.pk).delete()


def _text(body):
    return json.dumps(body, sort_keys=True)


def _digest(text):
    return blake2b(text.encode(), digest_size=16).hexdigest()
