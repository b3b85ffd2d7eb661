"""/api/v1/: what is public, for programs; read-only."""
