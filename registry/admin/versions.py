"""Texts, forms and rules in dated versions: drafts are written, announced versions are only read."""

from unfold.decorators import action, display

from registry.admin.base import RegisterAdmin, tags


class VersionAdmin(RegisterAdmin):
    """Of a model with `version`, `valid_from` and `published_at`."""

    actions_submit_line = ["save_and_announce"]
    announced_word = "ogłoszona"

    def next_number(self, version):
        """The number of a new draft."""
        raise NotImplementedError

    def announce(self, request, version_id):
        raise NotImplementedError

    def has_change_permission(self, request, obj=None):
        # The library of the panel gives the key alone where it asks for its buttons.
        is_announced = isinstance(obj, self.model) and obj.published_at
        return super().has_change_permission(request, obj) and not is_announced

    def get_actions_submit_line(self, request, object_id):
        draft = self.model.objects.filter(pk=object_id, published_at=None).exists() if object_id else False
        return super().get_actions_submit_line(request, object_id) if draft else []

    @action(description="Zapisz i ogłoś", permissions=["change"])
    def save_and_announce(self, request, version):
        # Its parts are written first: afterwards they cannot be.
        request.announces = True

    def save_model(self, request, obj, form, change):
        if not change:
            obj.version = self.next_number(obj)
        super().save_model(request, obj, form, change)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        if getattr(request, "announces", False):
            self.announce(request, form.instance.pk)

    @display(description="stan")
    def standing(self, version):
        if not version.pk:
            return "nowy szkic"
        if not version.published_at:
            return tags([("warn", "szkic")])
        return tags([("yes", f"{self.announced_word}, od {version.valid_from:%d.%m.%Y}")])
