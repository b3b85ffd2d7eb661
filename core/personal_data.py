"""What the portal knows of people: one row for each kind of data, with its purpose and its time.

The public page shows the rows, the pages of an account collect and erase by them, the nightly job forgets by them.
core knows no other app: each adds its rows in `AppConfig.ready()`.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.conf import settings

from core.templatetags.portal import NBSP, plural


@dataclass(frozen=True, slots=True, kw_only=True)
class DataClass:
    """Words in Polish for the public page, and what is done with the rows."""

    code: str
    label: str
    what: str
    purpose: str
    basis: str
    seen_by: str
    # How long, in words; asked each time, because it is made of settings.
    kept: Callable[[], str]
    # {"app.Model": "names of its personal fields"}; the history of a model belongs to it without being named.
    holds: dict[str, str] = field(default_factory=dict)
    # Whether each look at these rows in the admin is written into the trail.
    is_protected: bool = False
    # collect(user) → [{name in Polish: value}], what is held on this person; values are texts, dates, numbers.
    collect: Callable | None = None
    # erase(user, now): takes the person out of these rows, in the caller's transaction; the account itself comes last.
    erase: Callable | None = None
    # forget(now) → how many: removes at most one batch of what is over its time; 0 when nothing is left.
    forget: Callable | None = None


_CLASSES = {}


def register(*classes):
    _CLASSES.update({one.code: one for one in classes})


def find(code):
    """The DataClass of this code; LookupError when no app has registered it."""
    return _CLASSES[code]


def all_classes():
    """In the order in which the apps came: the account first."""
    return list(_CLASSES.values())


def standing():
    """A sentence for administrators as long as nobody has approved for how long data are kept, else an empty text."""
    if settings.PRIVACY_APPROVED_ON:
        return ""
    return (
        "Do sprawdzenia: jak długo portal trzyma dane (/prywatnosc/). To propozycja, której źródła nie potwierdzają. "
        "Okresy zmienia się w ustawieniach …_KEPT_DAYS, zatwierdzenie zapisuje w PRIVACY_APPROVED_ON."
    )


def days_words(days):
    """730 → "2 lata", 30 → "30 dni", with a no-break space."""
    years, rest = divmod(days, 365)
    if rest or not years:
        return f"{days}{NBSP}{plural(days, 'dzień,dni,dni')}"
    return "rok" if years == 1 else f"{years}{NBSP}{plural(years, 'rok,lata,lat')}"
