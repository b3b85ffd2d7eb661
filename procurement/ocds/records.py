"""All releases of a process together, and what they come to."""

import json
from datetime import datetime

from ocdsmerge.merge import CompiledRelease

from procurement.choices import ReleaseStage
from procurement.ocds.merge_rules import MERGE_RULES
from procurement.ocds.packages import encoded
from procurement.ocds.values import moment


def record(ocid, releases):
    """JSON of a record of these procurement.ocds.feed.Told, in their order."""
    texts = [one.text for one in releases]
    return (
        f'{{"ocid":{encoded(ocid)},"releases":[{",".join(texts)}],"compiledRelease":{encoded(_compiled(releases))}}}'
    )


def _compiled(releases):
    """Of each section the newest release: it tells all of it, and merging with the older ones would keep what a
    correction has taken away. OCDS cannot take an element off a list: of two winners both would stay. What a plan says
    comes first, whenever it was said: a notice says more."""
    newest = {one.section: one for one in releases}
    in_order = sorted(newest.values(), key=lambda one: (one.section[1] != ReleaseStage.PLANNING, one.mark))
    merged, dates = CompiledRelease(merge_rules=MERGE_RULES), []
    for one in in_order:
        release = json.loads(one.text)
        dates.append(datetime.fromisoformat(release["date"]))
        merged.append(release)
    compiled, date = merged.asdict(), moment(max(dates))
    tender = compiled.get("tender", {})
    if not tender.get("hasSustainability"):
        # Intended in the plan, and not in the notice.
        tender.pop("sustainability", None)
        tender.pop("socialClauses", None)
    return compiled | {"id": f"{compiled['ocid']}-{date}", "date": date}
