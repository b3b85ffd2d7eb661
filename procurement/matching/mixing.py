"""Who comes first for an order of several kinds of work: the best of each, and not five of one."""

# So surely named, beside the surest, a kind of work is a part of its own; and whoever does so much of it supplies it.
PART, DOES = 0.75, 0.75
# How many places are shared out, and how much less each further one of the same kind is worth.
PLACES, AGAIN = 5, 0.8


def parts_of(need):
    """Codes of the kinds of work that the order names about as surely as its first."""
    return {code for code, sure in need.topics.items() if sure >= PART * need.main_topic}


def does(need, parts, score):
    """Codes of the parts that an offer of this Score is a supplier of."""
    return {code for code in parts if score.topics.get(code, 0.0) >= DOES * need.topics[code]}


def mixed(need, matches, weights):
    """The same matches, best first: those that fit far worse than the best of their part are left out where there are
    enough others, and the first places are shared out among the parts."""
    parts = parts_of(need)
    done = {match.organisation_id: does(need, parts, match.score) for match in matches}
    matches = _without_noise(matches, done, weights)
    return _shared_out(matches, done) if len(parts) > 1 else matches


def _without_noise(matches, done, weights):
    best, best_of = 0.0, {}
    for match in matches:
        best = max(best, match.score.fit)
        for code in done[match.organisation_id]:
            best_of[code] = max(best_of.get(code, 0.0), match.score.fit)

    def beside(match):
        return min((best_of[code] for code in done[match.organisation_id]), default=best)

    good = [match for match in matches if match.score.fit >= weights["cut"] * beside(match)]
    if len(good) >= weights["few"]:
        return good
    return [match for match in matches if match.score.fit >= weights["cut_of_few"] * best][: weights["few"]]


def _shared_out(matches, done):
    left, first, times = list(matches), [], {}

    def worth(match):
        mine = done[match.organisation_id]
        again = min((times.get(code, 0) for code in mine), default=max(times.values(), default=0))
        return match.score.total * AGAIN**again

    while left and len(first) < PLACES:
        # Of equals the one that stood before.
        chosen = max(left, key=worth)
        left.remove(chosen)
        first.append(chosen)
        for code in done[chosen.organisation_id]:
            times[code] = times.get(code, 0) + 1
    return first + left
