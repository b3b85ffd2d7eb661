from open_data.models.changes import Change, Touch
from open_data.models.watched import WATCHED

__all__ = ["WATCHED", "Change", "Touch"]
