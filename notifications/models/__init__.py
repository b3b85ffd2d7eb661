from notifications.models.letters import OutgoingEmail
from notifications.models.news import News
from notifications.models.preferences import Preference, QuietHours
from notifications.models.searches import SavedSearch

__all__ = ["News", "OutgoingEmail", "Preference", "QuietHours", "SavedSearch"]
