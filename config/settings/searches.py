"""Saved searches and the letters about what is new in them."""

from config import env

# How many one person, an account or an address, may have, and how many of an address may wait for its yes: no more
# letters than that come to somebody who never asked.
SEARCHES_PER_PERSON = env.number("SEARCHES_PER_PERSON", default=30)
SEARCHES_WAITING_PER_ADDRESS = env.number("SEARCHES_WAITING_PER_ADDRESS", default=5)
# How many times in an hour one visitor may ask for a letter.
SEARCHES_PER_HOUR = env.number("SEARCHES_PER_HOUR", default=10)
# Days after which is forgotten what nobody confirmed and what was ended, and after which ends what means nothing.
SEARCHES_WAITING_KEPT_DAYS = env.number("SEARCHES_WAITING_KEPT_DAYS", default=7)
SEARCHES_ENDED_KEPT_DAYS = env.number("SEARCHES_ENDED_KEPT_DAYS", default=30)
SEARCHES_BROKEN_KEPT_DAYS = env.number("SEARCHES_BROKEN_KEPT_DAYS", default=90)
