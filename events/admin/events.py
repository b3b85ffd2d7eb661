"""Events: when and where first, then everything else; each save is followed by what depends on it."""

from django.contrib import admin, messages
from django.core.files.storage import default_storage
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from unfold.decorators import display

from core.exceptions import Refused
from events.admin.filters import FILTERS
from events.admin.forms import EventForm
from events.admin.lines import LINES
from events.admin.moments import EventFields
from events.choices import EventState
from events.models import Event, EventPhoto, Material, Series
from events.use_cases.calendar import edits
from events.use_cases.calendar.photos import add_photo, remove_photo
from events.use_cases.calendar.slugs import free_slug
from registry.admin.base import RegisterAdmin, tags
from registry.admin.words import holding

COLOURS = {
    EventState.DRAFT: "no",
    EventState.PUBLISHED: "yes",
    EventState.MOVED: "warn",
    EventState.CANCELLED: "warn",
    EventState.HELD: "ps",
    EventState.SETTLED: "no",
}
WHERE = [
    "title", ("kind", "attendance"), "place_name", ("street", "house_number", "flat_number"), ("postal_code", "town"),
    "municipality", "online_url", "version",
]  # fmt: skip
GETTING_THERE = ["getting_in", ("latitude", "longitude")]
WHOM = ["edition", "audience", "audience_roles", "audience_words", ("planned_people", "planned_institutions")]
WHAT = [
    "summary",
    "description",
    "organiser",
    ("contact_name", "contact_phone", "contact_email"),
    "series",
    "source_url",
]
SIGNUPS = [
    "takes_signups", "signup_url", ("signup_opens_at", "signup_closes_at"), ("capacity", "per_institution"),
    ("has_reserve", "offer_hours", "documents_days"), ("asks_needs", "asks_diet"),
]  # fmt: skip
ASK = (
    "Zmienia się termin, miejsce albo odsyłacz ogłoszonego wydarzenia. W zakładce „Powiadomienie” wybierz, czy wysłać "
    "list zapisanym osobom. Nic z wpisanych zmian nie zginęło."
)


@admin.register(Event)
class EventAdmin(EventFields, RegisterAdmin):
    form = EventForm
    list_display = ["title", "when", "state_words", "places", "edition", "desk"]
    list_filter = FILTERS
    list_select_related = ["edition"]
    search_fields = ["title"]
    search_help_text = "Słowa z tytułu, miejsca albo miejscowości"
    ordering = ["-starts_at", "-pk"]
    autocomplete_fields = ["municipality"]
    readonly_fields = ["state_words", "slug", "desk"]
    inlines = LINES

    def get_queryset(self, request):
        return super().get_queryset(request).defer("ics", "search")

    def get_search_results(self, request, queryset, search_term):
        return holding(queryset, search_term, "title", "place_name", "town"), False

    # list

    @display(description="kiedy", ordering="starts_at")
    def when(self, event):
        if not event.starts_at:
            return "bez terminu"
        return f"{timezone.localtime(event.starts_at):{'%d.%m.%Y' if event.lasts_whole_days else '%d.%m.%Y, %H.%M'}}"

    @display(description="stan", ordering="state")
    def state_words(self, event):
        return tags([(COLOURS[event.state or EventState.DRAFT], event.get_state_display())])

    @display(description="miejsca")
    def places(self, event):
        return f"{event.taken} z {event.capacity}" if event.capacity else str(event.taken)

    @display(description="uczestnicy i kroki")
    def desk(self, event):
        if not event.pk:
            return "po zapisaniu"
        return format_html('<a href="{}">Otwórz</a>', reverse("events:desk", args=[event.slug]))

    # form

    def get_fieldsets(self, request, obj=None):
        groups = [
            ("Kiedy i gdzie", WHERE),
            ("Dojazd", GETTING_THERE),
            ("Dla kogo", WHOM),
            ("Opis i kontakt", WHAT),
            ("Zapisy", SIGNUPS),
        ]
        if obj:
            groups.append(("Stan", ["state_words", "slug", "desk"]))
        if obj and obj.state in EventState.coming():
            groups.append(("Powiadomienie", ["tell", "tell_words"]))
        return [(title, {"classes": ["tab"], "fields": fields}) for title, fields in groups]

    def get_view_on_site_url(self, obj=None):
        return f"/wydarzenia/{obj.slug}/" if obj and obj.is_public else None

    def get_object(self, request, object_id, from_field=None):
        if request.method == "POST" and str(object_id).isdigit():
            # Nobody gives a place or saves the same event before this save is done.
            Event.objects.select_for_update(of=("self",), no_key=True).filter(pk=object_id).first()
        return super().get_object(request, object_id, from_field)

    def save_model(self, request, obj, form, change):
        now = timezone.now()
        # save_related compares with this.
        form.before = edits.standing(obj.pk) if change else None
        obj.changed_at = now
        if not change:
            obj.created_at, obj.slug = now, free_slug(obj.title)
        if obj.municipality_id is None:
            obj.county_id = None
        super().save_model(request, obj, form, change)

    def save_formset(self, request, form, formset, change):
        if formset.model is EventPhoto:
            self._save_photos(form, formset)
        else:
            super().save_formset(request, form, formset, change)
        if formset.model is Material:
            for row in formset.deleted_objects:
                transaction.on_commit(lambda name=row.file.name: default_storage.delete(name), robust=True)

    def _save_photos(self, form, formset):
        new = [line for line in formset.extra_forms if line.has_changed() and line not in formset.deleted_forms]
        formset.save(commit=False)
        for row in formset.deleted_objects:
            remove_photo(photo_id=row.pk, now=timezone.now())
        for row, _ in formset.changed_objects:
            row.save()
        formset.new_objects = [
            add_photo(
                event_id=form.instance.pk,
                upload=line.cleaned_data["picture"],
                words=line.cleaned_data["words"],
                now=timezone.now(),
            )
            for line in new
        ]

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        event, choice = form.instance, form.cleaned_data.get("tell", "")
        before = form.before or edits.standing(event.pk)
        done = edits.finish(
            event_id=event.pk,
            before=before,
            words=form.cleaned_data.get("tell_words", "") if choice == "tak" else None,
            actor=request.user,
            now=event.changed_at,
        )
        if done["important"] and not choice and event.registrations.active().exists():
            raise Refused(ASK)
        if done["told"]:
            self.message_user(request, f"List o zmianie dostanie tyle osób: {done['told']}.", messages.INFO)
        if done["offered"]:
            self.message_user(request, f"Miejsca zaproponowano osobom z rezerwy: {done['offered']}.", messages.INFO)


@admin.register(Series)
class SeriesAdmin(RegisterAdmin):
    list_display = ["name"]
    search_fields = ["name"]
    ordering = ["-pk"]
    fields = ["name"]
