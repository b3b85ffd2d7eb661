"""Keeping machines off public forms without puzzles and without anybody else's service: a trap and a signed time.

A form says, signed, when it was shown. What comes back sooner than a person could write, later than a day, or without
that time is shown again with everything that was typed: a person presses once more, a machine seldom does. Nothing is
lost, nobody is counted, and it works without JavaScript. How often somebody may send is core.http.throttle's matter;
`held_back` tells it in the form, so that nothing is lost there either.
"""

from datetime import UTC, datetime, timedelta

from django import forms
from django.core import signing
from django.shortcuts import render
from django.utils import timezone

from core.http import TooManyRequests, throttle
from core.templatetags.portal import plural

AT_LEAST = timedelta(seconds=3)
AT_MOST = timedelta(days=1)
TRAP = "website"
STAMP = "pokazano"
TOO_QUICK = (
    "Formularz przyszedł szybciej, niż zdąży go wypełnić człowiek. Nic nie przepadło: naciśnij przycisk jeszcze raz."
)
TOO_OLD = "Ta strona była otwarta zbyt długo. Nic nie przepadło: naciśnij przycisk jeszcze raz."
TOO_OFTEN = (
    "Z tego łącza wysłano w ciągu godziny już tyle, ile można. Nic nie przepadło: "
    "zostaw tę stronę otwartą i naciśnij przycisk za {} {}."
)


def stamp(purpose, at):
    """The signed moment at which a form of this purpose was shown."""
    return signing.dumps(int(at.timestamp()), salt=f"form:{purpose}")


def shown_at(purpose, text):
    """The moment that a stamp names, or None: forged, of another form, nonsense."""
    try:
        return datetime.fromtimestamp(signing.loads(text, salt=f"form:{purpose}"), UTC)
    except (signing.BadSignature, ValueError, TypeError, OverflowError, OSError):
        return None


def held_back(form, scope, who, *, limit, seconds):
    """Whether this came too often (as core.http.throttle); the form then says so beside what was typed."""
    try:
        throttle(scope, who, limit=limit, seconds=seconds)
    except TooManyRequests as often:
        minutes = -(-often.retry_after // 60)
        form.add_error(None, TOO_OFTEN.format(minutes, plural(minutes, "minutę,minuty,minut")))
        form.retry_after = often.retry_after
        return True
    return False


def shown(request, template, context, form):
    """The page of a form: 200, 422 when it is faulty, 429 with Retry-After when it was held back."""
    wait = getattr(form, "retry_after", None)
    response = render(request, template, context, status=429 if wait else 422 if form.errors else 200)
    if wait:
        response.headers["Retry-After"] = str(wait)
    return response


class GuardedForm(forms.Form):
    """A public form; its template holds components/_guard.html. `purpose` names the form, for the signature.

    `is_from_machine` says that the trap was filled in. A form whose time is not right is invalid and, drawn again,
    carries a time that will do.
    """

    purpose = None

    def __init__(self, *args, now=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.now = now or timezone.now()
        self._shown_at = shown_at(self.purpose, self.data.get(STAMP, "")) if self.is_bound else None

    @property
    def is_from_machine(self):
        return bool(self.data.get(TRAP))

    @property
    def stamp(self):
        """For the page: the time that came, as long as it is good; who was too quick has then waited long enough."""
        return stamp(self.purpose, self._shown_at if self._is_recent else self.now)

    @property
    def _is_recent(self):
        # A time in the future is one of another server whose clock is ahead.
        return self._shown_at is not None and abs(self.now - self._shown_at) <= AT_MOST

    def clean(self):
        cleaned = super().clean()
        if self.is_from_machine:  # it is told nothing
            return cleaned
        if not self._is_recent:
            self.add_error(None, TOO_OLD)
        elif self.now - self._shown_at < AT_LEAST:
            self.add_error(None, TOO_QUICK)
        return cleaned
