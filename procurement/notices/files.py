"""What a document of an order really is: told by its content, whatever its name says."""

import io
import zipfile

from core.exceptions import Refused

MAX_MEGABYTES = 25
MAX_BYTES = MAX_MEGABYTES * 1024 * 1024
HINT = f"PDF albo dokument biurowy (Word, Excel, PowerPoint, LibreOffice, RTF), do {MAX_MEGABYTES} MB, bez makr."
_OPEN_XML = "application/vnd.openxmlformats-officedocument."
# Folder of an Office Open XML file → (content type, suffix).
OPEN_XML = {
    "word/": (f"{_OPEN_XML}wordprocessingml.document", "docx"),
    "xl/": (f"{_OPEN_XML}spreadsheetml.sheet", "xlsx"),
    "ppt/": (f"{_OPEN_XML}presentationml.presentation", "pptx"),
}
OPEN_DOCUMENT = {
    "application/vnd.oasis.opendocument.text": "odt",
    "application/vnd.oasis.opendocument.spreadsheet": "ods",
    "application/vnd.oasis.opendocument.presentation": "odp",
}
# Names of streams in the compound files of Office before 2007, in UTF-16.
COMPOUND = (
    ("WordDocument", "application/msword", "doc"),
    ("Workbook", "application/vnd.ms-excel", "xls"),
    ("PowerPoint Document", "application/vnd.ms-powerpoint", "ppt"),
)
PDF, RTF = ("application/pdf", "pdf"), ("application/rtf", "rtf")


def known(upload):
    """(content type, suffix). Refused: empty, more than MAX_BYTES, macros, anything else inside."""
    if upload.size > MAX_BYTES:
        raise Refused(f"Plik jest za duży: może mieć najwyżej {MAX_MEGABYTES} MB.", field="file")
    upload.seek(0)
    content = upload.read()
    upload.seek(0)
    if not content:
        raise Refused("Plik jest pusty.", field="file")
    found = _kind(content)
    if found is None:
        raise Refused("To nie jest PDF ani dokument biurowy albo plik jest uszkodzony.", field="file")
    return found


def _kind(content):
    if content.startswith(b"%PDF-"):
        return PDF
    if content.startswith(b"{\\rtf"):
        return RTF
    if content.startswith(b"PK\x03\x04"):
        return _packed(content)
    if content.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        for stream, kind, suffix in COMPOUND:
            if stream.encode("utf-16-le") in content:
                _refuse_macros("_VBA_PROJECT".encode("utf-16-le") in content)
                return kind, suffix
    return None


def _packed(content):
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = archive.namelist()
            kind = _beginning(archive, "mimetype") if "mimetype" in names else ""
    except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError, RuntimeError, EOFError):
        # Damaged, encrypted, or a version of ZIP that nobody writes.
        return None
    if kind in OPEN_DOCUMENT:
        _refuse_macros(any(name.startswith("Basic/") for name in names))
        return kind, OPEN_DOCUMENT[kind]
    if "[Content_Types].xml" not in names:
        return None
    _refuse_macros(any(name.endswith("vbaProject.bin") for name in names))
    return next((found for folder, found in OPEN_XML.items() if any(one.startswith(folder) for one in names)), None)


def _beginning(archive, name):
    with archive.open(name) as member:
        return member.read(100).decode("ascii", "replace").strip()


def _refuse_macros(found):
    if found:
        raise Refused("Ten plik zawiera makra. Zapisz go bez makr albo jako PDF.", field="file")
