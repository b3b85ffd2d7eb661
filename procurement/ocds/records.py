"""All releases of a process together, and what they come to."""

import json

from ocdsmerge import Merger

from procurement.ocds.merge_rules import MERGE_RULES
from procurement.ocds.packages import encoded

_MERGER = Merger(merge_rules=MERGE_RULES)


def record(ocid, releases):
    """JSON of a record of these procurement.ocds.feed.Told, in their order."""
    texts = [one.text for one in releases]
    compiled = _MERGER.create_compiled_release([json.loads(text) for text in texts])
    return f'{{"ocid":{encoded(ocid)},"releases":[{",".join(texts)}],"compiledRelease":{encoded(compiled)}}}'
