"""Who signs for the institution and whom it delegates: steps of its form that are lists."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone

from core.exceptions import Refused
from core.http import accepts, paginate
from core.link_pages import sent
from core.templatetags.portal import plural
from events.enrolment import steps
from events.enrolment.roster import Person
from events.forms.enrolment import PasteForm, PersonForm, SignatoryForm
from events.use_cases.enrolment import roster
from events.views.enrolment import by_link, frame

PER_PAGE = 50


@accepts("GET", "HEAD", "POST")
@by_link
def signatories(request, enrolment, token):
    form = SignatoryForm(sent(request)[0])
    if request.method == "POST" and form.is_valid():
        try:
            roster.add_signatory(enrolment_id=enrolment.pk, now=timezone.now(), **form.cleaned_data)
        except Refused as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            return redirect("events:enrolment_signatories", token)
    context = frame(enrolment, token, steps.SIGNATORIES) | {"form": form, "signatories": enrolment.signatories.all()}
    return render(request, "events/enrolment/signatories.html", context, status=422 if form.errors else 200)


@accepts("POST")
@by_link
def signatory_removal(request, enrolment, token, pk):
    if request.method == "POST":
        _done(request, roster.remove_signatory, enrolment_id=enrolment.pk, signatory_id=pk, now=timezone.now())
    return redirect("events:enrolment_signatories", token)


@accepts("GET", "HEAD", "POST")
@by_link
def people(request, enrolment, token):
    """The list, fifty to a page, and under it the two ways of adding: one person, or lines that are pasted."""
    pasted = "lines" in request.POST
    person = PersonForm(request.POST if request.method == "POST" and not pasted else None)
    paste = PasteForm(request.POST if pasted else None)
    if request.method == "POST" and (paste if pasted else person).is_valid():
        new = paste.people if pasted else [person.person]
        try:
            added = roster.add_people(enrolment_id=enrolment.pk, people=new, now=timezone.now())
        except Refused as refusal:
            (paste if pasted else person).add_error(None, str(refusal))
        else:
            if not pasted and not added:
                person.add_error(None, "Ta osoba już jest na liście.")
            elif not (pasted and paste.faulty):
                messages.success(request, _added(added, len(new)))
                return redirect("events:enrolment_people", token)
            else:
                paste = _rest(paste, added)
    delegations = roster.roster_of(enrolment)
    page = paginate(request, delegations, PER_PAGE)
    context = frame(enrolment, token, steps.PEOPLE) | {"page": page, "person_form": person, "paste_form": paste}
    failed = person.errors or paste.errors
    return render(request, "events/enrolment/people.html", context, status=422 if failed else 200)


@accepts("GET", "HEAD", "POST")
@by_link
def person(request, enrolment, token, pk):
    """One row of the list, to put right or to take off."""
    delegation = roster.roster_of(enrolment).filter(pk=pk).first()
    if delegation is None:
        raise Http404
    if "remove" in request.POST:
        given = {"enrolment_id": enrolment.pk, "delegation_id": pk, "now": timezone.now()}
        if _done(request, roster.remove_person, **given):
            messages.success(request, "Osoba jest usunięta z listy.")
        return redirect("events:enrolment_people", token)
    shared = roster.is_shared(delegation.participant, delegation)
    form = PersonForm(sent(request)[0], initial=_initial(delegation, shared))
    if shared:
        for name in ("email", "phone"):
            del form.fields[name]
        for name in ("first_name", "last_name"):
            form.fields[name].disabled = True
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        if shared:
            given |= {"email": delegation.participant.email, "phone": ""}
        try:
            roster.change_person(
                enrolment_id=enrolment.pk, delegation_id=pk, person=Person(**given), now=timezone.now()
            )
        except Refused as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            return redirect("events:enrolment_people", token)
    context = frame(enrolment, token, steps.PEOPLE) | {"form": form, "delegation": delegation, "shared": shared}
    return render(request, "events/enrolment/person.html", context, status=422 if form.errors else 200)


def _initial(delegation, shared):
    """What the institution wrote; of what the person has confirmed since, the name only."""
    who = delegation.participant
    given = {"first_name": who.first_name, "last_name": who.last_name, "role": delegation.role}
    given["job_title"] = delegation.job_title
    return given if shared else given | {"email": who.email, "phone": who.phone}


def _rest(paste, added):
    """The form with the lines that were not understood, each with its reason."""
    rest = PasteForm({"lines": "\n".join(line for line, _ in paste.faulty)})
    rest.is_valid()
    told = [f"Dodano {added} {plural(added, 'osobę,osoby,osób')}. Te wiersze trzeba poprawić:"] if added else []
    for words in [*told, *(f"{line[:80]}: {problem}" for line, problem in paste.faulty[:50])]:
        rest.add_error("lines", words)
    if len(paste.faulty) > 50:
        rest.add_error("lines", f"I jeszcze {len(paste.faulty) - 50} wierszy.")
    return rest


def _added(added, given):
    words = f"Dodano {added} {plural(added, 'osobę,osoby,osób')}."
    if given > added:
        rest = given - added
        words += f" {rest} {plural(rest, 'osoba była,osoby były,osób było')} już na liście."
    return words


def _done(request, work, **given):
    try:
        work(**given)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return False
    return True
