from open_data.models.changes import Change, Forgetting, Touch
from open_data.models.datasets import Content, Dump
from open_data.models.watched import WATCHED

__all__ = ["WATCHED", "Change", "Content", "Dump", "Forgetting", "Touch"]
