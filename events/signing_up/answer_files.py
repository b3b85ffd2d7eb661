"""Files that came as answers to questions, of forms and of sign-ups."""

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404

from core.answering import stored_files
from core.documents import CONTENT_TYPES

# Where in the private storage they lie, whoever asked.
FOLDER = "events/answers"


def answer_file(questions, answers, code):
    """The answer to the question `code` as a download; 404 when it is no file, or the file is gone."""
    names = stored_files([question for question in questions if question.code == code], answers)
    if not names:
        raise Http404
    try:
        file = default_storage.open(names[0])
    except FileNotFoundError as error:
        raise Http404 from error
    suffix = names[0].rpartition(".")[2]
    kind = CONTENT_TYPES.get(suffix, "application/octet-stream")
    return FileResponse(file, as_attachment=True, filename=f"{code}.{suffix}", content_type=kind)
