"""Lists of who was in an on-line meeting, as Teams, Zoom and Meet write them. Pure Python: no tables, no Django.

people = read(content)              # Unreadable: one Polish sentence
for row in match(people, expected): # Match: matched, doubtful or unknown; nothing is written
"""

from events.day.meetings.matching import Expected, Match, match
from events.day.meetings.reading import MAX_BYTES, Person, Unreadable, read

__all__ = ["MAX_BYTES", "Expected", "Match", "Person", "Unreadable", "match", "read"]
