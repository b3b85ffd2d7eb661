"""Signed pages: what kind each is, and its file for those who may see it (the caller asks that)."""

from dataclasses import dataclass

from django.http import FileResponse, Http404

from core.signed_files import ASICE, CMS, JPEG, PDF, SUFFIXES, XML
from events.models import Paper

WORDS = {
    PDF: "plik PDF",
    JPEG: "zdjęcie strony",
    ASICE: "plik podpisany elektronicznie (ASiC-E)",
    CMS: "plik z podpisem elektronicznym (CMS)",
    XML: "plik podpisany elektronicznie (XAdES)",
}


@dataclass(frozen=True, slots=True)
class Page:
    """A Paper as a template shows it: a picture, a document in a frame, or only a link."""

    paper: Paper
    words: str
    is_picture: bool
    is_document: bool


def shown(paper):
    kind = paper.content_type
    return Page(paper, WORDS.get(kind, "plik"), is_picture=kind == JPEG, is_document=kind == PDF)


def stored_file(paper):
    """Pictures and PDF open in the browser, anything else is for a program that knows signatures."""
    if not paper.file or not paper.file.storage.exists(paper.file.name):
        raise Http404
    seen_here = paper.content_type in (PDF, JPEG)
    name = f"strona-{paper.page}.{SUFFIXES.get(paper.content_type, 'bin')}"
    return FileResponse(paper.file.open(), as_attachment=not seen_here, filename=name, content_type=paper.content_type)
