"""Who can deliver: the seam between the advisor and the matching of suppliers."""

SHOWN = 5


def suppliers_for(*, q, cpv, powiat):
    """At most SHOWN suppliers, the best first, each with `url`, `name`, `offer` and `why`. Nobody is asked yet."""
    return []
