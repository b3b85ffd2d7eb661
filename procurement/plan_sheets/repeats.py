"""Numbers that stand twice in one file."""

from collections import Counter

from procurement.plan_sheets import natures


def settle_numbers(drafts):
    """A number of the form ("1.3.6") names one position: a second row with another one is refused. Plain numbers that
    begin anew in each section only count rows: then none of them is a number of a position."""
    accepted = [one for one in drafts if one.rejection is None]
    plain = [one for one in accepted if one.values["number"] and not natures.of_number(one.values["number"])]
    if any(count > 1 for count in Counter(one.values["number"] for one in plain).values()):
        for draft in plain:
            draft.values["number"] = ""
    first = {}
    for draft in accepted:
        number = draft.values["number"]
        if not number:
            continue
        earlier = first.setdefault(number, draft)
        if earlier is not draft and earlier.values != draft.values:
            reason = f"numer {number} ma już wiersz {earlier.row}"
            draft.rejection = {"row": draft.row, "column": "", "value": number, "reason": reason}
