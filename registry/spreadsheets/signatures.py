"""What a file really is, told by its first bytes and never by its name."""

import zipfile

from registry.spreadsheets.rows import UnreadableFile

_HEAD = 64 * 1024
_OLE_PART = 2 * 1024 * 1024
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SAVE_AS = "Zapisz dane jako XLSX, ODS lub CSV i wgraj plik ponownie."
_FOREIGN = (
    (b"\x89PNG", "obraz PNG"),
    (b"\xff\xd8\xff", "obraz JPEG"),
    (b"GIF8", "obraz GIF"),
    (b"BM", "obraz BMP"),
    (b"II*\x00", "obraz TIFF"),
    (b"MM\x00*", "obraz TIFF"),
    (b"RIFF", "plik multimedialny"),
    (b"%PDF", "dokument PDF"),
    (b"{\\rtf", "dokument RTF"),
    (b"\x1f\x8b", "archiwum GZIP"),
    (b"7z\xbc\xaf\x27\x1c", "archiwum 7z"),
    (b"Rar!", "archiwum RAR"),
    (b"BZh", "archiwum BZIP2"),
    (b"\xfd7zXZ", "archiwum XZ"),
    (b"MZ", "program"),
    (b"\x7fELF", "program"),
    (b"SQLite format 3", "baza danych SQLite"),
)
_MARKUP = (b"<!doctype", b"<html", b"<table", b"<?xml", b"<head", b"<body")
# Names of streams inside the old Microsoft container, as it stores them.
_OLE_KINDS = (
    ("EncryptedPackage", "Skoroszyt jest zabezpieczony hasłem. Zdejmij hasło i wgraj plik ponownie."),
    ("WordDocument", f"To dokument Worda w starym formacie DOC, a nie arkusz. {_SAVE_AS}"),
    ("PowerPoint Document", f"To prezentacja, a nie arkusz. {_SAVE_AS}"),
    ("Workbook", f"To skoroszyt w starym formacie XLS. {_SAVE_AS}"),
    ("Book", f"To skoroszyt w starym formacie XLS. {_SAVE_AS}"),
)


def file_kind(path, limits):
    """ "csv", "xlsx" or "ods"; everything else raises UnreadableFile."""
    size = path.stat().st_size
    if size == 0:
        raise UnreadableFile("Plik jest pusty.")
    if size > limits.size:
        raise UnreadableFile(f"Plik ma {_megabytes(size)} MB, a może mieć najwyżej {_megabytes(limits.size)} MB.")
    with path.open("rb") as source:
        head = source.read(_HEAD)
        if head.startswith(_OLE):
            head += source.read(_OLE_PART)
            source.seek(max(0, size - _OLE_PART))
            raise UnreadableFile(_ole_sentence(head + source.read(_OLE_PART)))
    if head.startswith(b"PK"):
        return _archive_kind(path)
    for magic, what in _FOREIGN:
        if head.startswith(magic) and (len(magic) > 2 or not _is_text(head)):
            raise UnreadableFile(f"To {what}, a nie arkusz. {_SAVE_AS}")
    if head.lstrip(b"\xef\xbb\xbf \t\r\n")[:20].lower().startswith(_MARKUP):
        raise UnreadableFile(f"To strona lub dokument XML, a nie arkusz. {_SAVE_AS}")
    if not head.startswith((b"\xff\xfe", b"\xfe\xff")):
        if b"\x00" in head:
            raise UnreadableFile(f"Plik zawiera bajty zerowe, więc nie jest plikiem CSV. {_SAVE_AS}")
        if not _is_text(head):
            raise UnreadableFile(f"To nie jest plik tekstowy ani skoroszyt. {_SAVE_AS}")
    return "csv"


def _archive_kind(path):
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError) as error:
        raise UnreadableFile("Skoroszyt jest uszkodzony lub ucięty. Wgraj plik ponownie.") from error
    if any(name.lower().endswith("vbaproject.bin") for name in names) or any(
        name.startswith(("Basic/", "Scripts/")) and not name.endswith("/") for name in names
    ):
        raise UnreadableFile("Skoroszyt zawiera makra. Zapisz go jako XLSX lub ODS bez makr i wgraj ponownie.")
    if "xl/workbook.bin" in names:
        raise UnreadableFile(f"To skoroszyt w formacie XLSB. {_SAVE_AS}")
    if "EncryptedPackage" in names:
        raise UnreadableFile("Skoroszyt jest zabezpieczony hasłem. Zdejmij hasło i wgraj plik ponownie.")
    if any(name.startswith(("word/", "ppt/")) for name in names):
        raise UnreadableFile(f"To dokument lub prezentacja, a nie arkusz. {_SAVE_AS}")
    if "xl/workbook.xml" in names or (
        "[Content_Types].xml" in names and any(name.startswith("xl/") for name in names)
    ):
        return "xlsx"
    if "content.xml" in names:
        return "ods"
    raise UnreadableFile(f"To archiwum ZIP, a nie skoroszyt. {_SAVE_AS}")


def _ole_sentence(content):
    for stream, sentence in _OLE_KINDS:
        if stream.encode("utf-16-le") in content:
            return sentence
    return f"To plik w starym formacie programów Office. {_SAVE_AS}"


def _is_text(head):
    """Text may hold a stray control character, a picture or a program holds them everywhere."""
    controls = sum(head.count(code) for code in range(32) if code not in b"\t\n\r\x0c\x1a\x1b")
    return controls * 200 <= len(head)


def _megabytes(size):
    return max(1, round(size / (1024 * 1024)))
