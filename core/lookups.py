"""What may be asked of a list of the admin by its address."""


class OnlyFiltersAsk:
    """For a ModelAdmin whose rows hold what nobody may read: of fields, only those of the list's own filters.

    Django lets one ask of any, so `?password__startswith=…` would tell a hidden one letter by letter.
    """

    def lookup_allowed(self, lookup, value, request=None):
        name = lookup.partition("__")[0]
        is_field = name in {field.name for field in self.opts.get_fields()}
        return (not is_field or name in self.list_filter) and super().lookup_allowed(lookup, value, request)
