"""Every kind of letter that the portal sends, in one list: the outbox sends no other.

An app adds its own in `AppConfig.ready()`.
"""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Letter:
    """`template` as `outbox.enqueue` takes it; `label` in Polish for people who choose what they get.

    `example()` gives a context of invented values for the preview. A letter is a `duty` when somebody's rights or work
    hang on it: it cannot be refused and does not wait for a digest.
    """

    template: str
    label: str
    example: Callable[[], dict]
    duty: bool = True


_LETTERS = {}


def register(*letters):
    _LETTERS.update({letter.template: letter for letter in letters})


def find(template):
    """The Letter of a template; LookupError when no app has registered it."""
    return _LETTERS[template]


def all_letters():
    """In the order of their labels."""
    return sorted(_LETTERS.values(), key=lambda letter: letter.label)
