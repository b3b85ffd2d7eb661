"""Reads plans of procedures as authorities keep them: files into lines, cells into values that the law asks for.

No tables of the database: what a CPV code, a mode or a clause is, the caller says. What only a person can decide is
refused with its reason, never guessed.
"""
