"""Every change of a tracked table becomes an event row, written by a database trigger.

Statement level: one trigger call for a whole bulk insert, so an import pays for history once per chunk.
"""

import pghistory


def tracked(model):
    return pghistory.track(
        pghistory.InsertEvent(level=pghistory.Statement),
        pghistory.UpdateEvent(level=pghistory.Statement),
        pghistory.DeleteEvent(level=pghistory.Statement),
    )(model)
