from django.db.models import TextChoices


class Frequency(TextChoices):
    NOW = "now", "od razu"
    DAILY = "daily", "raz dziennie, w jednym liście"
    WEEKLY = "weekly", "raz w tygodniu, w jednym liście"
    NEVER = "never", "wcale"


# What waits to be bundled with others.
DIGESTS = (Frequency.DAILY, Frequency.WEEKLY)


class LetterState(TextChoices):
    """Where a letter stands, for people."""

    WAITING = "czeka", "czeka"
    SENT = "wyslany", "wysłany"
    GIVEN_UP = "zaniechany", "zaniechany"
    BOUNCED = "odrzucony", "adres odrzucony"
    FOR_DIGEST = "do-zbiorczego", "czeka na list zbiorczy"
    IN_DIGEST = "w-zbiorczym", "w liście zbiorczym"


class AlertFrequency(TextChoices):
    """How often one hears of a saved search by letter."""

    DAILY = "daily", "raz dziennie"
    WEEKLY = "weekly", "raz w tygodniu"
    NONE = "none", "bez listów, tylko kanał Atom"


class SearchState(TextChoices):
    WAITING = "czeka", "czeka na potwierdzenie"
    ACTIVE = "aktywne", "aktywne"
    ENDED = "koniec", "zakończone"
