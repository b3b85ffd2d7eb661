"""Looks at protected data in the admin, written into the trail. Which pages these are the data classes say."""

from functools import cache

from django.apps import apps
from django.contrib.auth import get_user_model
from django.utils import timezone

from accounts import trail
from core import personal_data

_PAGES = {"changelist": "lista", "add": "dodawanie", "history": "historia", "change": "", "delete": ""}


def note_look(request):
    """Call after a page of the admin has been shown. One line in the trail when it shows rows of a protected class."""
    name = request.resolver_match.url_name or ""
    for prefix, model in _protected().items():
        if name.startswith(prefix):
            key = request.resolver_match.kwargs.get("object_id", "")
            page, words = _page(name, prefix), model._meta
            parts = [words.verbose_name, f"nr {key}", page] if key else [f"{words.verbose_name_plural}:", page]
            about = " ".join(filter(None, parts))
            trail.seen(request.user, _person(model, key), about, timezone.now())


@cache
def _protected():
    """{"accounts_user_": User}: how the names of a model's pages begin."""
    labels = [label for one in personal_data.all_classes() if one.is_protected for label in one.holds]
    models = [apps.get_model(label) for label in labels]
    return {f"{model._meta.app_label}_{model._meta.model_name}_": model for model in models}


def _page(name, prefix):
    page = name.removeprefix(prefix)
    return _PAGES.get(page, page)


def _person(model, key):
    if not key.isdigit():
        return None
    people = get_user_model()
    if model is people:
        return people.objects.filter(pk=key).first()
    if "user" not in {field.name for field in model._meta.fields}:
        return None
    row = model._base_manager.filter(pk=key).select_related("user").first()
    return row and row.user
