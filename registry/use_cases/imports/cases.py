"""Likely duplicates of an applied run become cases of the queue."""

from registry.choices import DuplicateState, ImportAction
from registry.use_cases.imports.sql import run as execute


def open_waiting(run, *, now):
    """Open a case for each waiting row; the same question is never asked twice. Returns how many were opened."""
    return execute(
        """
        INSERT INTO registry_duplicatecase
            (organisation_id, row_id, fingerprint, why, similarity, state, created_at)
        SELECT o.id, w.id, w.cleaned->>'fingerprint', w.reason, w.similarity, %s, %s
        FROM registry_importrow w
        LEFT JOIN LATERAL (
            SELECT e.organisation_id FROM registry_importrow e WHERE e.run_id = w.run_id AND e.number = w.of_number
            LIMIT 1
        ) AS earlier ON true
        JOIN registry_organisation o ON o.id = coalesce(w.organisation_id, earlier.organisation_id)
        WHERE w.run_id = %s AND w.action = %s AND o.removed_at IS NULL ORDER BY w.number
        ON CONFLICT DO NOTHING""",
        [DuplicateState.OPEN, now, run.pk, ImportAction.WAITING],
    )
