"""Contracting processes as the Open Contracting Data Standard 1.1 says them (docs/decisions/0083)."""
