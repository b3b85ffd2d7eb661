"""What every list and form of the register's admin has in common."""

from functools import partial

from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.core.paginator import Paginator
from django.db.models import URLField
from django.utils import timezone
from django.utils.html import format_html_join
from unfold.admin import ModelAdmin, TabularInline

from core.refusals import RefusedSaves
from registry.admin import fields
from registry.models import County, Municipality
from registry.use_cases import catalogue


class RegisterFields:
    """Fields drawn alike in forms and in their lines."""

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if repair := fields.REPAIRS.get(db_field.name):
            kwargs |= {"form_class": partial(fields.RepairedField, repair=repair)}
            widget = self.formfield_overrides[type(db_field)]["widget"]
            return db_field.formfield(**kwargs | {"widget": widget})
        if isinstance(db_field, URLField):
            kwargs["assume_scheme"] = "https"
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field and isinstance(field.widget, RelatedFieldWidgetWrapper):
            # Three more buttons behind each select are noise: dictionaries have pages of their own.
            field.widget = field.widget.widget
        return field

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        choices = SHORT_LISTS.get(db_field.remote_field.model)
        if choices and db_field.name not in self.get_autocomplete_fields(request):
            field.queryset = field.queryset.model.objects.defer("boundary")
            # Read once a request, not once for each line of a form.
            field.choices = [("", "Wybierz"), *_once(request, choices)]
        return field


def _county_choices():
    return [(county.teryt, str(county)) for county in fields.counties_in_order()]


SHORT_LISTS = {County: _county_choices, Municipality: fields.municipality_choices}


def _once(request, function):
    kept = request.__dict__.setdefault("_register_choices", {})
    if function not in kept:
        kept[function] = function()
    return kept[function]


def tags(words):
    """Short words of state as html; `words` are (class of static/css/admin.css, word)."""
    return format_html_join(" ", '<span class="tag {}">{}</span>', words)


class RegisterLine(RegisterFields, TabularInline):
    extra = 0
    tab = True


class Pages(Paginator):
    template_name = "admin/registry/pages.html"


class RegisterAdmin(RefusedSaves, RegisterFields, ModelAdmin):
    paginator = Pages
    show_full_result_count = False
    list_per_page = 50
    compressed_fields = False
    warn_unsaved_form = True
    list_filter_submit = True
    actions_selection_counter = True

    def get_actions(self, request):
        # Rows of the register are removed by their own use case, which looks at what hangs on them.
        return {name: action for name, action in super().get_actions(request).items() if name != "delete_selected"}

    def has_delete_permission(self, request, obj=None):
        return False

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        catalogue.refresh(list(self.affected_cards(form.instance)), now=timezone.now())

    def affected_cards(self, obj):
        """Ids of the cards whose public entries show something of this row."""
        return []
