"""The files of one's own sign-up: materials of the event, and what was sent with an answer."""

from django.http import FileResponse, Http404
from django.views.decorators.cache import never_cache

from events.models import Material
from events.signing_up.answer_files import answer_file
from events.views.own_registration import SURE, found


@never_cache
def own_material(request, token, pk):
    """A file for those who have a place for sure."""
    registration = found(token)
    material = Material.objects.filter(event=registration.event, pk=pk).first()
    if registration.state not in SURE or material is None:
        raise Http404
    try:
        file = material.file.open()
    except FileNotFoundError as error:
        raise Http404 from error
    name = f"{material.title[:80]}.{material.file.name.rpartition('.')[2]}"
    return FileResponse(file, as_attachment=True, filename=name, content_type=material.content_type)


@never_cache
def own_file(request, token, code):
    """A file that the person has sent with an answer."""
    registration = found(token)
    return answer_file(registration.event.questions.all(), registration.answers, code)
