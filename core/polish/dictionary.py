"""The dictionary of Polish word forms: a file under var/, built once out of simplemma's data, shared by all processes.

simplemma holds 3.7 million forms with a lemma each. Its own classes read them into the memory of every process; here
they go to a trie that is mapped from the disk, keyed in lower case, and that can be asked for beginnings of words,
which the restoring of accents needs.
"""

import fcntl
import os
import subprocess
import sys
from functools import cache
from importlib.metadata import version
from pathlib import Path

_ROOT = Path(__file__).resolve().parent.parent.parent
_LAYOUT = 1  # to be raised when the content of the file changes


def cache_path():
    """Where the file of this version of the dictionary lives: in VAR_DIR, else var/ of the clone."""
    folder = Path(os.environ.get("VAR_DIR") or _ROOT / "var") / "polish"
    return folder / f"forms-{version('simplemma')}-{_LAYOUT}.trie"


def build_cache():
    """Build the file unless it is there (about 15 s and 830 MB of memory, once) and return its path.

    Several processes may call it at once: one builds, the others wait. The file is there whole or not at all.
    Raises OSError when the folder cannot be written.
    """
    path = cache_path()
    if path.exists():
        return path
    path.parent.mkdir(parents=True, exist_ok=True)
    with (path.parent / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not path.exists():
            # Always the same name: the next build overwrites what a killed one left.
            draft = path.with_suffix(".draft")
            _write(draft)
            draft.replace(path)
    return path


def _write(path):
    from marisa_trie import BytesTrie
    from simplemma.strategies.dictionaries import DefaultDictionaryFactory

    forms = DefaultDictionaryFactory().get_dictionary("pl")
    BytesTrie((form.lower(), lemma.encode()) for form, lemma in forms.items()).save(str(path))


@cache
def _trie():
    from marisa_trie import BytesTrie

    path = cache_path()
    if not path.exists():
        # In a process of its own, so that a web worker does not keep the memory which the building took.
        subprocess.run([sys.executable, "-m", "core.polish"], cwd=_ROOT, check=True, stdout=subprocess.DEVNULL)  # noqa: S603
    return BytesTrie().mmap(str(path))


def lookup(form):
    """Lemmas of `form` (lower case, NFC): those of common words, and those of names in lower case too; two lists.

    simplemma mostly knows one lemma of a form, even where grammar has several.
    """
    common, names = [], []
    for lemma in _trie().get(form, ()):
        lemma = lemma.decode()
        lowered = lemma.lower()
        (common if lemma == lowered else names).append(lowered)
    return common, names


def is_known(form):
    """Whether the dictionary has `form`."""
    return form in _trie()


def is_beginning(start):
    """Whether some form begins with `start`."""
    return next(_trie().iterkeys(start), None) is not None
