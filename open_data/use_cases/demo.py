"""The demo does not wait for the night."""

from open_data.use_cases import dumps


def make_first(*, seed, now):
    """Makes the files of today; for `core.demo`, which wants a sentence."""
    return f"Otwarte dane: {dumps.make(now=now)} plików z dzisiaj."
