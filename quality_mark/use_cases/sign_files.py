"""The files of the sign: uploaded by coordinators, taken by holders of a valid mark, each time written down."""

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from core.exceptions import Refused
from core.files.letting_go import let_go
from core.polish import fold
from quality_mark import access
from quality_mark.choices import Actor
from quality_mark.models import Mark, SignDownload, SignFile
from quality_mark.register.standing import on_day

MOST_BYTES, MOST_FILES = 25 * 1024 * 1024, 30
# How a file of each kind begins.
BEGINNINGS = {
    "svg": (b"<?xml", b"<svg"),
    "pdf": (b"%PDF-",),
    "eps": (b"%!PS", b"\xc5\xd0\xd3\xc6"),
    "png": (b"\x89PNG",),
    "jpg": (b"\xff\xd8\xff",),
}
# A sign of our own, neutral, until the owner's files are uploaded.
PLACEHOLDER = settings.BASE_DIR / "data" / "quality_mark" / "znak-zastepczy.svg"


@transaction.atomic
def upload(*, title, file, actor, now):
    if file.size > MOST_BYTES:
        raise Refused("Plik może mieć najwyżej 25 MB.", field="file")
    if SignFile.objects.filter(removed_at=None).count() >= MOST_FILES:
        raise Refused(f"Plików może być najwyżej {MOST_FILES}. Usuń któryś z obecnych.", field="file")
    content = file.read()
    suffix = str(file.name).rpartition(".")[2].lower().replace("jpeg", "jpg")
    if not content.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(BEGINNINGS.get(suffix, ())):
        raise Refused("To nie jest plik SVG, PDF, EPS, PNG ani JPG.", field="file")
    if suffix == "svg" and b"<script" in content.lower():
        raise Refused("Ten plik SVG zawiera skrypt.", field="file")
    return SignFile.objects.create(
        title=title, file=ContentFile(content, f"znak.{suffix}"), suffix=suffix, size=len(content),
        uploaded_by=actor, uploaded_at=now,
    )  # fmt: skip


@transaction.atomic
def remove(*, file_id, now):
    """Take a file out of the pack. The row stays, to say what the pack once held. Twice is not an error."""
    row = SignFile.objects.select_for_update().filter(pk=file_id, removed_at=None).first()
    if row is not None:
        let_go(row.file.name)
        row.file, row.removed_at = "", now
        row.save(update_fields=["file", "removed_at"])


@transaction.atomic
def take(*, mark_id, actor, now):
    """[(name, bytes)] of the pack, for a holder of a mark that is valid at this moment; written down who took it."""
    mark = Mark.objects.told().get(pk=mark_id)
    access.check(actor, Actor.APPLICANT, mark)
    stand = on_day(mark, timezone.localdate(now))
    if stand is None or not stand.is_valid:
        raise Refused("Pliki znaku dostaje tylko posiadacz ważnego znaku.")
    files = [
        (f"{number:02}-{_plain(one.title)}.{one.suffix}", _content(one.file))
        for number, one in enumerate(SignFile.objects.filter(removed_at=None), 1)
    ] or [("znak-zastepczy.svg", PLACEHOLDER.read_bytes())]
    SignDownload.objects.create(mark=mark, person=actor, files=len(files), at=now)
    return files


def _content(file):
    with file.open() as opened:
        return opened.read()


def _plain(title):
    return slugify(fold(title))[:60] or "znak"
