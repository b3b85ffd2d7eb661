"""A form of the admin whose save is refused comes back with the reason above it and everything that was typed."""

from django.apps import apps
from django.db import IntegrityError

from core.exceptions import Refused


class RefusedSaves:
    """For a ModelAdmin: the "no" of a use case, or of a constraint of the database, becomes an error of the form."""

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except (IntegrityError, Refused) as error:
            if request.method != "POST":
                raise
            # The second time each form knows the reason and is drawn again with everything that was typed.
            request.save_refused = refusal_words(error)
            return super().changeform_view(request, object_id, form_url, extra_context)

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        refusal = getattr(request, "save_refused", None)
        return type(form.__name__, (_RefusedForm, form), {"refusal": refusal}) if refusal else form


class _RefusedForm:
    refusal = None

    def clean(self):
        cleaned = super().clean()
        self.add_error(None, self.refusal)
        return cleaned


def refusal_words(error):
    """What to tell the person: the words of a use case, or those of the constraint that the database held to."""
    if isinstance(error, Refused):
        return str(error)
    name = getattr(getattr(error.__cause__, "diag", None), "constraint_name", None)
    return _constraint_words(name) or "Tych danych nie można zapisać: ktoś mógł je zmienić w tej samej chwili."


def _constraint_words(name):
    for model in apps.get_models():
        for constraint in model._meta.constraints:
            if constraint.name == name and constraint.violation_error_message:
                default = constraint.default_violation_error_message
                if constraint.violation_error_message != default:
                    return constraint.violation_error_message
    return None
