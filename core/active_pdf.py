"""Whether a PDF acts by itself when it is opened (ISO 32000-2, 12.6.4): no place for scripts in papers."""

import re
import zlib

SCRIPT, LAUNCH, SHORT = b"/JavaScript", b"/Launch", re.compile(rb"/JS(?![A-Za-z0-9])")
_STREAMS = re.compile(rb"stream\r?\n.*?endstream", re.DOTALL)
_PACKED = re.compile(rb"/ObjStm\b")
_HEX = re.compile(rb"#([0-9a-fA-F]{2})")
# Of packed objects so much is looked into: they are short, and a bomb is not to be unpacked.
MOST_STREAMS, MOST_BYTES, NEAR = 2000, 8 << 20, 2000


def runs_scripts(content):
    return any(_has_marks(part) for part in (content, *_unpacked(content)))


def _has_marks(part):
    part = _HEX.sub(lambda found: bytes([int(found[1], 16)]), part)
    if SCRIPT in part or LAUNCH in part:
        return True
    # Three letters come about by chance in a packed picture.
    return SHORT.search(_STREAMS.sub(b"", part)) is not None


def _unpacked(content):
    """Objects that are kept packed, as most programs write them today."""
    left = MOST_BYTES
    for number, found in enumerate(_PACKED.finditer(content)):
        start = content.find(b"stream", found.end(), found.end() + NEAR)
        if number == MOST_STREAMS or left <= 0:
            return
        if start < 0:
            continue
        end = content.find(b"endstream", start)
        packed = content[start + len(b"stream") : end if end > 0 else None].lstrip(b"\r\n")
        try:
            opened = zlib.decompressobj().decompress(packed, left)
        except zlib.error:
            continue
        left -= len(opened)
        yield opened
