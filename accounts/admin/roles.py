"""What each role may do, to read."""

from collections import defaultdict

from django.contrib import admin
from django.contrib.auth.models import Group
from django.utils.html import format_html_join
from unfold.admin import ModelAdmin
from unfold.decorators import display

from accounts.permissions import Role

admin.site.unregister(Group)

ACTIONS = {"view": "przegląd", "add": "dodawanie", "change": "zmiany", "delete": "usuwanie"}


@admin.register(Group)
class RoleAdmin(ModelAdmin):
    """What each role may do, to read: the table itself is in accounts.permissions and comes with the program."""

    list_display = ["label", "people"]
    ordering = ["name"]
    fields = ["name", "may"]
    readonly_fields = ["name", "may"]
    show_full_result_count = False

    def get_queryset(self, request):
        return super().get_queryset(request).filter(name__in=Role.values).prefetch_related("user_set")

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    @display(description="rola", ordering="name")
    def label(self, group):
        return Role(group.name).label

    @display(description="konta")
    def people(self, group):
        return len(group.user_set.all())

    @display(description="może w panelu")
    def may(self, group):
        done = defaultdict(list)
        for permission in group.permissions.select_related("content_type").order_by("content_type", "codename"):
            action = permission.codename.partition("_")[0]
            done[permission.content_type.name].append(ACTIONS.get(action, action))
        lines = [(name, ", ".join(actions)) for name, actions in sorted(done.items())]
        return format_html_join("", "<p>{}: {}</p>", lines) or "nic: ta rola działa poza panelem"
