"""For the processes of test_signups_race: as in production, but everybody comes from one address."""

from tests.notifications.killed_settings import *  # noqa: F403

SIGNUPS_PER_HOUR = 1_000_000
