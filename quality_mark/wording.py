"""Words of a document from a template of the rules: {names} become facts of the case, nothing else is read."""

import re

from core.exceptions import Refused

_NAME = re.compile(r"\{([a-z_]+)\}")


def template_of(rulebook, kind):
    """The DocumentTemplate of this kind. Refused when the rules have none."""
    found = rulebook.templates.filter(kind=kind).first()
    if found is None:
        raise Refused(f"Zasady „{rulebook}” nie mają wzoru: {kind.label}.")
    return found


def fill(text, facts):
    """The text with the facts; a name that nobody knows stays as it was written, so that it is seen."""
    return _NAME.sub(lambda found: str(facts.get(found[1], found[0])), text)


def paragraphs(text, facts):
    """[paragraph]; those that are empty once they are filled are left out."""
    filled = (fill(part, facts).strip() for part in re.split(r"\n\s*\n", text.replace("\r\n", "\n")))
    return [part for part in filled if part]
