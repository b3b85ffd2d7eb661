"""Whose rows they are, in a file that names buyers row by row."""

from registry.spreadsheets.repairs.text import fold, means_nothing


def refuse_others(drafts, names):
    """Refuse the rows of other buyers when some rows name this one. When none does, the file writes the name in
    another way than the register: each such name is told once."""
    own = [fold(name) for name in names if name]
    named = {text: _is_own(fold(text), own) for text in {one.texts.get("buyer", "") for one in drafts} if text}
    told = set()
    for draft in drafts:
        text = draft.texts.get("buyer", "")
        if not text or means_nothing(text) or named[text] or draft.rejection:
            continue
        about = {"row": draft.row, "column": "zamawiający", "value": text}
        if any(named.values()):
            draft.rejection = about | {"reason": "to wiersz innego zamawiającego"}
        elif text not in told:
            told.add(text)
            draft.warnings.append(about | {"reason": "tej nazwy nie ma w rejestrze; sprawdź, czy to ten zamawiający"})


def _is_own(words, own):
    """A name to the letter, or a NIP somewhere in the cell: half a name may be a neighbour's."""
    return words in own or any(name.isdigit() and name in words.split() for name in own)
