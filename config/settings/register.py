"""How the register is kept true, and for how long what people say of it."""

from config import env

# What the first of the dated rules of confirmation says; afterwards the rules (registry.FreshnessRule) decide alone.
STALE_AFTER_MONTHS = env.number("STALE_AFTER_MONTHS", default=12)
INACTIVE_AFTER_MONTHS = env.number("INACTIVE_AFTER_MONTHS", default=24)
# How many cards are asked after on one working day at most: 5,000 that fell due together take 34 of them.
CONFIRMATIONS_PER_DAY = env.number("CONFIRMATIONS_PER_DAY", default=150)

# Days before the yearly report of social enterprises is due, and months before the status of a unit ends, on which
# those who act for them are reminded.
PS_REPORT_REMINDER_DAYS = env.numbers("PS_REPORT_REMINDER_DAYS", default="30,11")
UNIT_TERM_REMINDER_MONTHS = env.numbers("UNIT_TERM_REMINDER_MONTHS", default="6,3,1")

# Days in which a report of an error should be answered.
ERROR_REPORT_ANSWER_DAYS = env.number("ERROR_REPORT_ANSWER_DAYS", default=14)

# How long the files and the staged rows of imports are kept.
IMPORT_KEPT_DAYS = env.number("IMPORT_KEPT_DAYS", default=180)
# Days after which the nightly job forgets: reports of errors since they were settled, the addresses in them too, what
# was suspected to be none since it came, former contact persons in the history of a card, whose account changed it.
ERROR_REPORT_KEPT_DAYS = env.number("ERROR_REPORT_KEPT_DAYS", default=365)
ERROR_REPORT_ADDRESS_KEPT_DAYS = env.number("ERROR_REPORT_ADDRESS_KEPT_DAYS", default=30)
SUSPECTED_REPORT_KEPT_DAYS = env.number("SUSPECTED_REPORT_KEPT_DAYS", default=30)
# Where a letter that asked went, and what was said on the telephone: since the request ended or the call.
CONFIRMATION_KEPT_DAYS = env.number("CONFIRMATION_KEPT_DAYS", default=730)
PROPOSAL_KEPT_DAYS = env.number("PROPOSAL_KEPT_DAYS", default=365)
PROPOSAL_DRAFT_KEPT_DAYS = env.number("PROPOSAL_DRAFT_KEPT_DAYS", default=180)
CONTACT_HISTORY_KEPT_DAYS = env.number("CONTACT_HISTORY_KEPT_DAYS", default=365)
CHANGE_AUTHOR_KEPT_DAYS = env.number("CHANGE_AUTHOR_KEPT_DAYS", default=1825)
