"""A row that lets its file go: the file is deleted once that is committed, so that a rollback loses nothing.

What a killed process leaves behind is found at night (core.files.sweeping).
"""

import logging
from functools import partial

from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models.signals import post_delete

from core.files.named import file_fields, names_of, stored_models

logger = logging.getLogger(__name__)


def let_go(*names):
    """Delete these files after the commit. Empty names are none."""
    if names := [name for name in names if name]:
        transaction.on_commit(partial(_delete, names), robust=True)


def follow_deleted_rows():
    """From now on the files of every row that is deleted go with it. Rows of history keep theirs as words only."""
    for model in stored_models():
        if file_fields(model) and not hasattr(model, "pgh_tracked_model"):
            post_delete.connect(_of_deleted, sender=model, dispatch_uid=f"core.files:{model._meta.label}")


def _of_deleted(instance, **_):
    transaction.on_commit(partial(_delete_unless_shared, type(instance), names_of(instance)), robust=True)


def _delete_unless_shared(model, names):
    """Two rows may name one file: it goes with the last of them."""
    shared = set()
    for field in file_fields(model):
        shared |= set(model._base_manager.filter(**{f"{field.name}__in": names}).values_list(field.name, flat=True))
    if not shared:
        _delete(names)


def _delete(names):
    for name in names:
        try:
            default_storage.delete(name)
        except OSError:
            # The row is gone for people already; the night tries again.
            logger.exception("a file that was let go could not be deleted")
