from django.db.models import TextChoices


class Frequency(TextChoices):
    NOW = "now", "od razu"
    DAILY = "daily", "raz dziennie, w jednym liście"
    WEEKLY = "weekly", "raz w tygodniu, w jednym liście"
    NEVER = "never", "wcale"


# What waits to be bundled with others.
DIGESTS = (Frequency.DAILY, Frequency.WEEKLY)
