"""The places of an application that a fault can name: fields of its steps, papers, recommendations."""

from functools import cached_property

from quality_mark.applying import steps
from quality_mark.applying.forms import stored_form
from quality_mark.applying.words import in_words

PAPER = "dokument"
NOWHERE = "żadnego: wystarczy wyjaśnienie"


def named(key):
    """{"step", "field", "code"} of a key of `CasePlaces.choices`."""
    first, _, rest = key.partition(":")
    if first == PAPER:
        return {"step": "", "field": "", "code": rest}
    return {"step": first, "field": rest, "code": ""}


def key_of(fault):
    if fault.code:
        return f"{PAPER}:{fault.code}"
    return f"{fault.step}:{fault.field}" if fault.step else ""


def standing(application, fault):
    """What stands at the place of one fault now."""
    return CasePlaces(application).standing(fault)


class CasePlaces:
    """The places of one application, read once, however many faults ask."""

    def __init__(self, application):
        self.application = application

    @cached_property
    def forms(self):
        return {step: stored_form(self.application, step) for step in steps.written_of(self.application.kind)}

    @cached_property
    def titles(self):
        return {one.code: one.title for one in self.application.rulebook.requiredpaper_set.all()}

    @cached_property
    def stored(self):
        return list(self.application.papers.filter(removed_at=None, is_of_office=False))

    @cached_property
    def recommendations(self):
        return list(self.application.recommendations.all())

    @property
    def choices(self):
        """For a select, grouped by step: [(key, label) or (step, [(key, label), …])]; the empty key is no place."""
        groups, labels = [("", NOWHERE)], steps.steps_of(self.application.kind)
        for step, form in self.forms.items():
            fields = [(f"{step}:{name}", _short(field.label)) for name, field in form.fields.items()]
            groups.append((labels[step], [(f"{step}:", f"{labels[step]}: cały krok"), *fields]))
        if words := labels.get(steps.RECOMMENDATIONS):
            groups.append((words, [(f"{steps.RECOMMENDATIONS}:", words)]))
        papers = [(f"{PAPER}:{code}", _short(title)) for code, title in self.titles.items()]
        return [*groups, (labels[steps.PAPERS], papers)] if papers else groups

    def standing(self, fault):
        """What stands at the place of a fault, as JSON: asked before a call and after its answer."""
        if fault.code:
            return [one.name for one in self.stored if one.code == fault.code]
        if fault.step == steps.RECOMMENDATIONS:
            return [
                f"{one}: {(one.text or 'na piśmie') if one.given_at else 'poproszono'}" for one in self.recommendations
            ]
        form = self.forms.get(fault.step)
        if form is None:
            return None
        names = [fault.field] if fault.field in form.fields else list(form.fields)
        return [f"{form.fields[name].label}: {in_words(form, name) or '–'}" for name in names]

    def label(self, fault):
        """Where the fault is, in words."""
        if fault.code:
            return self.titles.get(fault.code, fault.code)
        words = steps.STEPS.get(fault.step, fault.step)
        form = self.forms.get(fault.step)
        field = form.fields.get(fault.field) if form and fault.field else None
        return f"{words}: {field.label}" if field else words

    def url(self, fault):
        """Where the applicant mends it; empty when an explanation is enough."""
        step = steps.PAPERS if fault.code else fault.step
        return steps.url_of(self.application.pk, step) if step else ""

    def changes(self, call):
        """The faults of a call, each with what stood at its place and what stands there now."""
        rows = []
        for fault in call.faults.all():
            now = self.standing(fault)
            rows.append(
                {
                    "fault": fault,
                    "place": self.label(fault),
                    "url": self.url(fault),
                    # What stayed as it was is not read twice.
                    "before": [one for one in fault.before or [] if one not in (now or [])],
                    "after": [one for one in now or [] if one not in (fault.before or [])],
                    "has_changed": now is not None and now != fault.before,
                }
            )
        return rows


def _short(text):
    return text if len(text) <= 90 else f"{text[:89]}…"
