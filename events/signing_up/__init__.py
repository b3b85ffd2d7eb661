"""Who signs up for an event and how it stands with a place."""
