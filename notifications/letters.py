"""Every kind of letter that the portal sends, in one list: the outbox sends no other.

An app adds its own in `AppConfig.ready()`.
"""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Letter:
    """`template` as `outbox.enqueue` takes it; `label` in Polish for people who choose what they get.

    `example()` gives a context of invented values for the preview. A letter is a `duty` when somebody's rights or work
    hang on it: it cannot be refused and does not wait for a digest. `secrets` names the values of the context with
    which a reader could act for the person, as a link that sets a new password: coordinators do not see them.
    `reaches(user)` says whether this letter may come to a person at all, and so be chosen.
    """

    template: str
    label: str
    example: Callable[[], dict]
    duty: bool = True
    secrets: tuple[str, ...] = ()
    reaches: Callable[[object], bool] = lambda user: True

    def __post_init__(self):
        if self.secrets and not self.duty:
            raise ValueError(f"{self.template}: a letter with a secret may not wait for a digest, so it is a duty")


# Tells of several letters at once; what it tells of is chosen kind by kind.
DIGEST = "notifications/email/digest"
_LETTERS = {}


def register(*letters):
    _LETTERS.update({letter.template: letter for letter in letters})


def find(template):
    """The Letter of a template; LookupError when no app has registered it."""
    return _LETTERS[template]


def label_of(template):
    """For people; of a kind that was given up, its name."""
    return _LETTERS[template].label if template in _LETTERS else template


def all_letters():
    """In the order of their labels."""
    return sorted(_LETTERS.values(), key=lambda letter: letter.label)


def is_duty(template):
    """Also what was written before its kind was given up: nobody could have refused it."""
    return template not in _LETTERS or _LETTERS[template].duty


def optional(user):
    """Those that may come to this person and that they may refuse or have in a digest."""
    return [one for one in all_letters() if not one.duty and one.template != DIGEST and one.reaches(user)]
