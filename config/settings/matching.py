"""How the matching of orders and suppliers weighs what it knows. Read by procurement.matching.scoring alone."""

MATCHING = {
    # What speaks for the same kind of work, each at most: they complement one another, so that none of them is needed.
    "cpv": 0.72,
    "words": 0.7,
    "topics": 0.68,
    # Of words: where they stand. The card of an organisation with offers stands for
    # what it has not made an offer of.
    "name": 1.0,
    "labels": 0.6,
    "description": 0.45,
    "card": 0.85,
    # Of the topic beside: who cooks for schools may cater for a conference.
    "near": 0.6,
    # Of the finer kind, when the order asks for the broad one.
    "finer": 0.65,
    # Of what is one way of doing it: a gift of glass.
    "sort": 0.88,
    # Of what only a description speaks of: of an offer whose name says nothing ("Ośrodek w Karpaczu"), something akin,
    # or something else; and of a card.
    "described_alone": 0.92,
    "described_akin": 0.8,
    "described": 0.5,
    "described_on_card": 0.9,
    # Of an order of no known kind, when the word that names it stands in the name of the offer.
    "head": 0.62,
    # A CPV code that a person has not confirmed was suggested by a program.
    "unconfirmed_cpv": 0.85,
    "doubted_cpv": 0.5,
    # Below this nothing is suggested at all, and below the second one nobody is written to.
    "least": 0.36,
    # Below this part of the best fit it is noise beside it; below the second one even where few are left.
    "cut": 0.62,
    "cut_of_few": 0.55,
    "few": 3,
    "least_alert": 0.55,
    # Whoever does not say that they work there.
    "elsewhere": 0.62,
    # Who serves the whole region, or the whole country, beside who names the county.
    "near_by": {2: 0.97, 0: 0.96},
    # By which right it stands under art. 94 PZP.
    "ground": {"prawo": 1.0, "zpch": 1.0, "deklaracja": 0.97, "grupy": 0.9},
    # How much of the score hangs on what says nothing of the work, and on what of it.
    "standing": 0.12,
    "ps": 0.2,
    "mark": 0.25,
    "references": 0.25,
    "freshness": 0.2,
    "capacity": 0.1,
    "inactive": 0.8,
}
# How many offers one search looks at more closely, and how many when those whom an order fits are to be told: of more
# equals it is drawn by lot, for each order anew.
MATCHING_CANDIDATES = 150
MATCHING_TOLD = 250
