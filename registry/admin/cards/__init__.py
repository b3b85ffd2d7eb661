"""The card is the centre of the coordinators' work: list, form with the party on one screen, bulk actions."""

from functools import partial

from django.contrib import admin, messages
from django.forms import modelform_factory
from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from unfold.decorators import action, display

from core.templatetags.portal import moment_words
from registry.admin import parties
from registry.admin.base import RegisterAdmin, tags
from registry.admin.cards.actions import CardActions
from registry.admin.cards.filters import FILTERS
from registry.admin.cards.forms import PREFIX, card_form
from registry.admin.cards.history import last_changes
from registry.admin.cards.inlines import LINES, StatusLine, UnitLine
from registry.admin.cards.life import LifePages
from registry.admin.cards.reading import PARTY_SORT_KEY, for_admin_list, search
from registry.admin.meanwhile import LockedWhileSaved
from registry.choices import Activity, Verifier
from registry.models import Institution, Organisation, Unit
from registry.proposals.beside import others
from registry.use_cases import organisations, statuses, twins
from registry.use_cases.slugs import free_slug

CARD = [
    "kind",
    "description",
    "mission",
    ("contact_person", "contact_consent_on"),
    "opening_hours",
    "social_media",
    "serves",
    "target_groups",
    ("employees", "art94_declared"),
    "accessibility",
    ("other_marks", "support_centre"),
    ("latitude", "longitude"),
]
SOURCE = [
    "published",
    "activity",
    ("source", "source_as_of"),
    "verified",
    "verified_names",
    "public_page",
    "address_and_end",
]


@admin.register(Organisation)
class OrganisationAdmin(LifePages, LockedWhileSaved, CardActions, RegisterAdmin):
    list_display = ["name", "kind_label", "county", "state", "verified_on"]
    list_filter = FILTERS
    search_fields = ["institution__name"]
    search_help_text = "Nazwa, miejscowość albo NIP, REGON, KRS w dowolnym zapisie"
    readonly_fields = ["published", "verified", "public_page", "address_and_end", "changes"]
    inlines = LINES
    actions_submit_line = ["save_and_publish", "save_and_withdraw", "save_and_verify"]

    def get_queryset(self, request):
        return for_admin_list(super().get_queryset(request), today=timezone.localdate())

    def get_search_results(self, request, queryset, search_term):
        return search(queryset, search_term), False

    def get_ordering(self, request):
        """Polish alphabetical order of the party's name."""
        return [PARTY_SORT_KEY, "pk"]

    # list

    @display(description="nazwa", ordering="party_sort_key")
    def name(self, card):
        return card.party.name

    @display(description="rodzaj", ordering="kind__position")
    def kind_label(self, card):
        return card.kind.short_label or card.kind.label

    @display(description="powiat", ordering="county_sort_key")
    def county(self, card):
        return card.party.county or "nieznany"

    @display(description="stan")
    def state(self, card):
        words = [("yes", "w katalogu") if card.published_at else ("no", "nieopublikowany")]
        words += [("ps", "PS")] * card.holds_ps + [("mark", "znak")] * card.holds_mark
        words += [("warn", card.get_activity_display())] * (card.activity != Activity.ACTIVE)
        return tags(words)

    # form

    def render_change_form(self, request, context, obj=None, **kwargs):
        for one in others(obj, request.user) if obj and request.method == "GET" else ():
            self.message_user(request, _proposal_words(one), messages.WARNING)
        return super().render_change_form(request, context, obj=obj, **kwargs)

    def get_fieldsets(self, request, obj=None):
        model = _party_model(request, obj)
        party = "Jednostka" if model is Unit else "Instytucja"
        groups = [
            (party, {"classes": ["tab"], "fields": _prefixed(parties.lines(model))}),
            ("Karta", {"classes": ["tab"], "fields": CARD}),
        ]
        if obj:
            groups.append(("Źródło i potwierdzenie", {"classes": ["tab"], "fields": SOURCE}))
            groups[0][1]["fields"].append("version")
            groups.append(("Historia", {"classes": ["tab"], "fields": ["changes"]}))
        return groups

    def get_form(self, request, obj=None, change=False, **kwargs):
        model = _party_model(request, obj)
        party_form = _party_form(self, request, model)
        form = card_form(party_form)
        form.existing_party = _existing_institution(request) if obj is None and model is Institution else None
        return super().get_form(request, obj, change=change, **kwargs | {"form": form})

    def rows_to_lock(self, card):
        return [card, card.party]

    def get_inlines(self, request, obj):
        if obj is None:
            return []
        return [line for line in LINES if not (obj.unit_id and line in (StatusLine, UnitLine))]

    def get_formset_kwargs(self, request, obj, inline, prefix):
        kwargs = super().get_formset_kwargs(request, obj, inline, prefix)
        if inline.parent_model is Institution:
            kwargs["instance"] = obj.institution
        return kwargs

    def get_autocomplete_fields(self, request):
        return ["operator"]

    def get_actions_submit_line(self, request, object_id):
        """Only the buttons that mean something: one does not publish what is public."""
        public = Organisation.objects.published().filter(pk=object_id).exists()
        hidden = "save_and_publish" if public else "save_and_withdraw"
        return [button for button in super().get_actions_submit_line(request, object_id) if hidden not in button.path]

    @action(description="Zapisz i opublikuj", permissions=["change"])
    def save_and_publish(self, request, card):
        organisations.publish(organisation_id=card.pk, now=timezone.now())

    @action(description="Zapisz i wycofaj z katalogu", permissions=["change"])
    def save_and_withdraw(self, request, card):
        organisations.withdraw(organisation_id=card.pk, now=timezone.now())

    @action(description="Zapisz, dane potwierdzone dzisiaj", permissions=["change"])
    def save_and_verify(self, request, card):
        organisations.verify(
            organisation_id=card.pk, verifier=Verifier.COORDINATOR, by=request.user, now=timezone.now()
        )

    def save_model(self, request, obj, form, change):
        party = form.party_form.save()
        if isinstance(party, Unit):
            obj.unit, obj.institution = party, party.operator
        else:
            obj.institution = party
        if change:
            form.note_verified(today=timezone.localdate())
        else:
            obj.slug = free_slug(party.name)
        super().save_model(request, obj, form, change)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        for words in statuses.bar_warnings(form.instance.institution_id, today=timezone.localdate()):
            self.message_user(request, words, messages.WARNING)
        if not change:
            for case in twins.open_cases_of(form.instance):
                self.message_user(request, _twin_words(case), messages.WARNING)

    def affected_cards(self, card):
        # A legal person also stands behind the cards of its units.
        if card.unit_id:
            return [card.pk]
        cards = Organisation.objects.living()
        return {card.pk, *cards.filter(unit__operator=card.institution_id).values_list("pk", flat=True)}

    @display(description="w katalogu")
    def published(self, card):
        return f"od {timezone.localtime(card.published_at):%d.%m.%Y}" if card.published_at else "nieopublikowany"

    @display(description="potwierdzenie danych")
    def verified(self, card):
        if not card.verified_on:
            return "nikt jeszcze nie potwierdził"
        return f"{card.verified_on:%d.%m.%Y}, {card.get_verified_by_display()}"

    @display(description="karta w portalu")
    def public_page(self, card):
        if not card.published_at:
            return "nie ma jej w katalogu"
        return format_html('<a href="{}">{}</a>', card.get_absolute_url(), card.get_absolute_url())

    @display(description="ostatnie zmiany")
    def changes(self, card):
        # The template asks for a read-only value several times.
        if not hasattr(card, "_last_changes"):
            card._last_changes = last_changes(card)
        return card._last_changes

    def get_view_on_site_url(self, obj=None):
        return obj.get_absolute_url() if obj and obj.published_at else None


def _twin_words(case):
    address = reverse("admin:registry_duplicatecase_change", args=[case.pk])
    return format_html('W rejestrze jest już podmiot tej nazwy. <a href="{}">Czy to ten sam?</a>', address)


def _proposal_words(one):
    if one.is_draft:
        return f"{one.who} pisze zmiany tej karty, od: {moment_words(one.since)}. Jeszcze ich nie wysłano."
    address = reverse("admin:registry_proposal_change", args=[one.proposal.pk])
    words = '{} proponuje zmiany tej karty, od: {}. <a class="underline" href="{}">Rozpatrz propozycję</a>'
    return format_html(words, one.who, moment_words(one.since), address)


def _party_model(request, card):
    if card is not None:
        return Unit if card.unit_id else Institution
    return Unit if "jednostka" in request.GET else Institution


def _party_form(model_admin, request, model):
    return modelform_factory(
        model,
        form=parties.PartyForm,
        fields=parties.names(parties.lines(model)),
        formfield_callback=partial(model_admin.formfield_for_dbfield, request=request),
    )


def _existing_institution(request):
    """The legal person that the address names, so that its card is added without writing it a second time."""
    key = request.GET.get("institution", "")
    if not key:
        return None
    found = Institution.objects.living().filter(pk=key).first() if key.isdigit() and len(key) < 19 else None
    if found is None:
        raise Http404
    return found


def _prefixed(rows):
    return [PREFIX + row if isinstance(row, str) else tuple(PREFIX + name for name in row) for row in rows]
