"""The commission: who may vote on what, and what its sittings say."""
