from notifications.models.letters import OutgoingEmail
from notifications.models.preferences import Preference, QuietHours

__all__ = ["OutgoingEmail", "Preference", "QuietHours"]
