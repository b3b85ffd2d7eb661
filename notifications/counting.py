"""How many rows searches find now: one statement for all of a list, each part with an index of its own."""

from django.db.models import Count, IntegerField, Value


def counted(founds, now):
    """[number of rows], in the order of these searches.Found; None for one that means nothing."""
    counts, by_list = [None] * len(founds), {}
    for place, found in enumerate(founds):
        if not found.why:
            by_list.setdefault(found.search.name, []).append((place, found))
    for group in by_list.values():
        for place, _ in group:
            counts[place] = 0
        first, *others = [_one(place, found, now) for place, found in group]
        for place, count in first.union(*others, all=True) if others else first:
            counts[place] = count
    return counts


def _one(place, found, now):
    rows = found.rows(now).order_by().annotate(place=Value(place, output_field=IntegerField()))
    return rows.values("place").annotate(found=Count("pk")).values_list("place", "found")
