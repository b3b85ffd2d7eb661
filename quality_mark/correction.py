"""What an applicant may mend while the office waits for it: the places that the faults of the open call name."""

from dataclasses import dataclass, field

from quality_mark.applying.steps import RECOMMENDATIONS
from quality_mark.choices import ApplicationState


@dataclass(frozen=True, slots=True)
class Places:
    """`fields` {step: names of its fields, None for the whole step}; `is_all` in a draft, where all is open."""

    is_all: bool = False
    fields: dict = field(default_factory=dict)
    codes: frozenset = frozenset()

    def opens_step(self, step):
        return self.is_all or step in self.fields

    def opens_field(self, step, name):
        if not self.opens_step(step):
            return False
        return self.is_all or self.fields[step] is None or name in self.fields[step]

    def opens_code(self, code):
        return self.is_all or code in self.codes

    @property
    def opens_recommendations(self):
        return self.opens_step(RECOMMENDATIONS)


def open_call(application):
    """The call that is not answered yet, with its faults, or None."""
    return application.calls.filter(answered_at=None, withdrawn_at=None).prefetch_related("faults").first()


def places_of(application):
    if application.state == ApplicationState.DRAFT:
        return Places(is_all=True)
    call = open_call(application) if application.state == ApplicationState.CORRECTION else None
    return _named(call.faults.all()) if call else Places()


def merged(places, step, typed, saved):
    """What is kept of what was typed: in a call only its places, the rest stays as it is saved."""
    if places.is_all:
        return typed
    return saved | {name: value for name, value in typed.items() if places.opens_field(step, name)}


def _named(faults):
    fields = {}
    for fault in faults:
        if fault.step and not fault.field:
            fields[fault.step] = None
        elif fault.step and fields.get(fault.step, ()) is not None:
            fields.setdefault(fault.step, set()).add(fault.field)
    return Places(fields=fields, codes=frozenset(fault.code for fault in faults if fault.code))
