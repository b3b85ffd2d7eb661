"""Plans: written in the panel, read by everybody."""
