"""Long work: one small record for all of it (docs/decisions/0065)."""
