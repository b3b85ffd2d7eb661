from notifications.views.choosing import preferences, unsubscribe

__all__ = ["preferences", "unsubscribe"]
