"""Typing in one section: kept at every field by a script, by a button without one."""

import json
import secrets

from django.contrib import messages
from django.core import signing
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.html import format_html

from core import weaving
from core.exceptions import Refused
from core.http import accepts
from core.typed import storable, typed_of
from registry.proposals.beside import others
from registry.proposals.desk import Desk
from registry.proposals.forms import SectionForm
from registry.use_cases.proposals import drafting, sending
from registry.views.proposals.doors import asked_section, for_editor

LONGEST, MOST_CHOSEN = 40_000, 400


@accepts("GET", "HEAD", "POST")
@for_editor
def card_section(request, organisation, page):
    return _answer(request, organisation, page)


@accepts("GET", "HEAD", "POST")
@for_editor
def card_row(request, organisation, kind, key):
    return _answer(request, organisation, f"{kind}:{key}")


def _answer(request, organisation, code):
    section, desk = asked_section(organisation, code), Desk(organisation)
    try:
        if request.method == "POST":
            return _save(request, section, desk)
        draft = drafting.own_draft(organisation, request.user)
        typed = draft.typed.get(code) if draft else None
        return _page(request, SectionForm(section, desk, typed), draft)
    except LookupError as error:  # the row is not, or no longer, on this card
        raise Http404 from error


def _save(request, section, desk):
    organisation = desk.organisation
    empty = SectionForm(section, desk)
    sent = typed_of(request.POST, empty.fields, longest=LONGEST, most=MOST_CHOSEN)
    sent = {name: text.replace("\r\n", "\n") if isinstance(text, str) else text for name, text in sent.items()}
    seen, shown = weaving.read(request.POST.get("seen", "")), _shown(request, organisation, section)
    try:
        draft = drafting.save(
            organisation_id=organisation.pk, section=section, sent=sent, seen=seen, shown=shown,
            page=_page_of(request), actor=request.user, now=timezone.now(),
        )  # fmt: skip
    except Refused as refusal:
        form = SectionForm(section, desk, sent)
        if request.htmx:
            return _line(request, form, seen, refusal=str(refusal))
        return _page(request, form, None, refusal=str(refusal))
    typed = draft.typed.get(section.code)
    form = SectionForm(section, desk, typed)
    labels = {name: str(field.label) for name, field in form.fields.items()}
    changed = [(labels[name], form.in_words(name, form.data[name]) or "(puste)") for name in draft.differing]
    if request.htmx:
        now_seen = weaving.seen_of(sent, sent) | {name: seen.get(name, "") for name in draft.differing}
        moved = [labels[name] for name in _moved(form, draft)]
        return _line(request, form, now_seen, changed=changed, at=draft.saved_at, moved=moved, draft=draft)
    if changed:
        mine = SectionForm(section, desk, (typed or {}) | {name: sent[name] for name in draft.differing})
        return _page(request, mine, draft, changed=changed, status=409)
    if typed and not form.is_valid():
        return _page(request, form, draft, status=422)
    messages.success(request, "Zapisano w szkicu." if typed else "Nic się tu nie zmienia: jest tak, jak na karcie.")
    return redirect("registry:card_editing", organisation.slug)


def _page(request, form, draft, *, changed=(), refusal="", status=200):
    section, organisation = form.section, form.desk.organisation
    for name, words in _moved(form, draft).items():
        # Beside the field: what somebody has written into the register meanwhile.
        hint = "{} Odkąd zaczęto tu pisać, ktoś zmienił to pole na karcie. Jest tam teraz: {}."
        field = form.fields[name]
        field.help_text = format_html(hint, field.help_text, words or "(puste)")
    # What is saved, also where the page shows what is not: pressed again, it was seen beside each other.
    saved = form.raws | (draft.typed.get(section.code, {}) if draft else {})
    _say_what_is_trusted(form)
    context = {
        "organisation": organisation,
        "section": section,
        "form": form,
        "draft": draft if draft and draft.pk else None,
        "refusal": refusal,
        "changed": changed,
        "page": _page_of(request) or secrets.token_hex(6),
        "seen": json.dumps(weaving.seen_of(saved, form.fields)),
        "shown": signing.dumps(form.raws, salt=_salt(organisation, section), compress=True),
        "others": _others(request, form),
        "remark": form.remark,
    }
    return render(request, "registry/proposals/section.html", context, status=422 if refusal else status)


def _say_what_is_trusted(form):
    if form.section.kind is None:
        for name in form.fields.keys() & sending.trusted_names():
            field = form.fields[name]
            field.help_text = format_html("{} Zmianę widać na karcie od razu po wysłaniu.", field.help_text)


def _line(request, form, seen, **said):
    """The answer to what was kept by itself: one line, and what has now been seen."""
    context = said | {"seen": json.dumps(seen), "remark": form.remark}
    response = render(request, "registry/proposals/_kept.html", context)
    response.headers["X-Kept"] = "1"
    return response


def _moved(form, draft):
    """{field: words of what the register says now} of fields that changed there since they were typed."""
    shown = draft.shown.get(form.section.code, {}) if draft else {}
    return {
        name: form.in_words(name, form.raws[name])
        for name in form.typed
        if name in shown
        and name in form.raws
        and weaving.fingerprint(shown[name]) != weaving.fingerprint(form.raws[name])
    }


def _others(request, form):
    """[(who, since, whether it is a draft, labels)] of other people's changes in this section."""
    told = []
    for one in others(form.desk.organisation, request.user):
        if form.section.code in one.fields:
            names = [str(form.fields[name].label) for name in form.fields if name in one.fields[form.section.code]]
            told.append((one, names))
    return told


def _salt(organisation, section):
    return f"registry.proposals.shown:{organisation.pk}:{section.code}"


def _shown(request, organisation, section):
    """What the register said on the page that was sent; nothing when that cannot be believed."""
    try:
        shown = signing.loads(request.POST.get("shown", ""), salt=_salt(organisation, section))
    except signing.BadSignature:
        return {}
    return shown if isinstance(shown, dict) else {}


def _page_of(request):
    return storable(request.POST.get("page", ""))[:20]
