"""Sealing anew, with the newest key, what stands sealed in the database.

Needed after SECRET_KEY has changed, before the former one leaves SECRET_KEY_FALLBACKS. Apps that seal otherwise than
by a SealedTextField register how.
"""

from django.apps import apps
from django.db import transaction
from django.db.models import TextField
from django.db.models.functions import Cast

from core.sealing import SealedTextField, fingerprint, resealed

_works = []


def register(work):
    """`work()` seals anew what an app has sealed outside of a SealedTextField; returns how many rows it was."""
    if work not in _works:
        _works.append(work)


def reseal():
    """Returns how many values were sealed anew; 0 says that the former keys are needed no more.

    May be broken off and run again, beside people at work: each row is a transaction of its own.
    """
    fields = [(model, one) for model in apps.get_models() for one in model._meta.fields]
    sealed = [(model, one) for model, one in fields if isinstance(one, SealedTextField)]
    return sum(_reseal(*one) for one in sealed) + sum(work() for work in _works)


def _reseal(model, field):
    rows = model._base_manager.exclude(**{field.name: ""}).annotate(_sealed=Cast(field.name, TextField()))
    return sum(_reseal_row(rows, pk, field) for pk in list(rows.values_list("pk", flat=True)))


@transaction.atomic
def _reseal_row(rows, pk, field):
    locked = rows.select_for_update(of=("self",), no_key=True).filter(pk=pk)
    text, sealed = locked.values_list(field.name, "_sealed").first() or ("", "")
    if not text or resealed(field.purpose, sealed) is None:
        return 0
    values = {field.name: text} | ({field.mark: fingerprint(field.purpose, text)} if field.mark else {})
    return rows.model._base_manager.filter(pk=pk).update(**values)
