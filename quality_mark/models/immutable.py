"""Rows that are only added."""

import pgtrigger


def stays(name, *, but=()):
    """Nothing of a row is changed but these fields: an account that is deleted leaves its rows without a person."""
    return pgtrigger.Protect(name=name, operation=pgtrigger.Update, condition=pgtrigger.AnyChange(exclude=list(but)))
