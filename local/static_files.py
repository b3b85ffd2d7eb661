"""Whether the collected static files are still those of this clone: collecting and compressing takes half a minute."""

import hashlib

from local.place import ROOT

MARK = "collected-from"


def collected(var):
    """True when var/static was made from the files and packages that are there now."""
    mark = var / "static" / MARK
    return mark.exists() and mark.read_text() == _fingerprint(var)


def note_collected(var):
    (var / "static" / MARK).write_text(_fingerprint(var))


def _fingerprint(var):
    summary = hashlib.sha256((ROOT / "requirements.lock").read_bytes())
    for folder in sorted([ROOT / "static", *ROOT.glob("*/static")]):
        if not folder.is_relative_to(var):
            for path in sorted(folder.rglob("*")):
                found = path.stat()
                summary.update(f"{path.relative_to(ROOT)} {found.st_size} {found.st_mtime_ns}\n".encode())
    return summary.hexdigest()
