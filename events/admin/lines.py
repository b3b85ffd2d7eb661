"""What hangs on an event or an edition, line by line."""

from unfold.admin import StackedInline

from events.admin import forms
from events.admin.moments import EventFields
from events.models import (
    AgendaItem,
    EditionLogo,
    EventDay,
    EventPhoto,
    EventQuestion,
    FormQuestion,
    Material,
    Speaker,
)
from registry.admin.base import RegisterLine


class EventLine(EventFields, RegisterLine):
    hide_title = True


class QuestionLine(EventFields, StackedInline):
    form = forms.QuestionForm
    formset = forms.QuestionLines
    extra = 0
    fields = ["label", ("answer", "choices"), ("is_required", "position"), ("help_text", "code")]


class DayLine(EventLine):
    model = EventDay
    form = forms.DayLineForm
    formset = forms.DayLines
    tab = False
    fields = ["day", "start", "end", "is_all_day", "last_day", "label"]
    ordering = ["starts_at", "pk"]

    def get_extra(self, request, obj=None, **kwargs):
        return 0 if obj and obj.starts_at else 1

    def get_formset(self, request, obj=None, **kwargs):
        formset = super().get_formset(request, obj, **kwargs)
        # DayLines refuses in one sentence; Django's own would name everybody who was there.
        formset.form.hand_clean_DELETE = lambda form: None
        return formset


class AgendaLine(EventLine):
    model = AgendaItem
    fields = ["starts_at", "title", "speakers", "position"]


class SpeakerLine(EventLine):
    model = Speaker
    fields = ["name", "about", "position"]


class MaterialLine(EventLine):
    model = Material
    form = forms.MaterialForm
    fields = ["title", "file", "is_after", "is_public", "position"]


class PhotoLine(EventLine):
    model = EventPhoto
    form = forms.PhotoForm
    fields = ["picture", "words", "position"]


class EventQuestionLine(QuestionLine):
    model = EventQuestion
    tab = True


class FormQuestionLine(QuestionLine):
    model = FormQuestion
    fields = ["label", ("answer", "choices"), ("is_required", "is_sensitive", "position"), ("help_text", "code")]


class LogoLine(EventLine):
    model = EditionLogo
    form = forms.LogoForm
    tab = False
    fields = ["picture", "words", "position"]


LINES = [DayLine, AgendaLine, SpeakerLine, MaterialLine, PhotoLine, EventQuestionLine]
