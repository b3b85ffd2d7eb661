"""What somebody has answered to the questions of an event. Shown when asked for: each look stands in the trail."""

from django.http import Http404
from django.shortcuts import render
from django.utils import timezone

from accounts import trail
from core.answering import answered, stored_files
from core.http import accepts
from events.models import Registration
from events.signing_up.answer_files import answer_file
from events.views.doors import event_of, for_coordinators


@accepts("GET", "HEAD", "POST")
@for_coordinators
def answers(request, slug, pk):
    event = event_of(slug)
    registration = Registration.objects.select_related("participant__user").filter(event=event, pk=pk).first()
    if registration is None:
        raise Http404
    context = {"event": event, "one": registration}
    if request.method == "POST":
        questions = list(event.questions.all())
        subject = registration.participant.user if registration.participant else None
        code = request.POST.get("plik", "")
        found = answer_file(questions, registration.answers, code) if code else None
        trail.seen(request.user, subject, f"odpowiedzi na pytania: {event.title}, zapis nr {pk}", timezone.now())
        if found:
            return found
        files = [one for one in questions if stored_files([one], registration.answers)]
        written = answered([one for one in questions if one not in files], registration.answers)
        context |= {"shown": True, "written": written, "files": files}
    return render(request, "events/desk/answers.html", context)
