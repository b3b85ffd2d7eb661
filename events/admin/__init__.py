"""The coordinators' admin of events. Autodiscovery imports this package: modules register their own."""

from events.admin import editions, events, waiting  # noqa: F401
