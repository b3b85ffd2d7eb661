"""Who may ask for an address and what the answer is: the words of tests/test_permissions.py."""

from accounts.choices import Role

# What one gets: the page, the way to sign in, the way to another page, "there is nothing", "not so".
OK, SIGN_IN, AWAY, NONE, NOT_SO = "page", "sign in", "elsewhere", "nothing", "not this way"
# Pages of one's own account: what they answer hangs on its password and factors, not on a role.
OWN = "one's own matter"

ROLES = {
    "newcomer": None,
    "representative": Role.REPRESENTATIVE,
    "representative of another": Role.REPRESENTATIVE,
    "officer": Role.OFFICER,
    "officer of another": Role.OFFICER,
    "assessor": Role.ASSESSOR,
    "commission": Role.COMMISSION,
    "director": Role.DIRECTOR,
    "coordinator": Role.COORDINATOR,
    "administrator": Role.ADMINISTRATOR,
}
PEOPLE = ["visitor", *ROLES]
OFFICE = ("coordinator", "administrator")


def row(visitor, others, *, but=None, **of):
    """Answers for everybody: `visitor`, `others`, and in `but` {answer: people} those who get another one."""
    answers = dict.fromkeys(ROLES, others) | {"visitor": visitor}
    for answer, people in (but or {}).items():
        answers |= dict.fromkeys(people, answer)
    return answers, of


OPEN, HIDDEN, GONE = row(OK, OK), row(NONE, NONE), row(AWAY, AWAY)
SIGNED_IN, OWN_ACCOUNT = row(SIGN_IN, OK), row(SIGN_IN, OWN)
ONLY_OFFICE = {OK: OFFICE}
