"""The clause advisor: from what somebody wants to buy to thresholds, modes, clauses, examples and a draft."""
