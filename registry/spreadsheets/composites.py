"""Columns that hold several fields at once, and what an unlabelled column seems to hold."""

import re

from registry.spreadsheets.repairs import addresses

PARTS = {
    "name_and_address": ("name", "address"),
    "town_and_name": ("town", "name"),
    "postal_code_and_town": ("postal_code", "town"),
    "contact": ("phone", "email", "www"),
}

# Longer cells are no address or contact, and searching them for one would take too long.
_LONGEST = 2_000
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_WWW = re.compile(r"(?:https?://|www\.)[^\s,;<>\"]+", re.IGNORECASE)
_PHONE = re.compile(r"(?:\+?\d[\d\s()./-]{7,}\d)")
_IN_BRACKETS = re.compile(r"^([^()]+?)\s*\((.+)\)$", re.DOTALL)
_LOOKS = (
    ("email", re.compile(r"^[\w.+-]+@[\w-]+(\.[\w-]+)+$")),
    ("www", re.compile(r"^(https?://|www\.)\S+$", re.IGNORECASE)),
    ("postal_code", re.compile(r"^\d{2}[-–]\d{3}$")),
    ("krs", re.compile(r"^000\d{7}$")),
    ("nip", re.compile(r"^(PL)?\s?\d{3}[- ]?\d{2,3}[- ]?\d{2}[- ]?\d{2,3}$")),
    ("regon", re.compile(r"^(\d{9}|\d{14})$")),
    ("phone", re.compile(r"^(\+48)?[\s(]*\d{2,3}[)\s-]+\d{2,3}[\s-]?\d{2,3}[\s-]?\d{2,3}$")),
)


def take_apart(field, text):
    """{field: text} of a composite cell; what cannot be parted stays whole in the part it fits best."""
    if len(text) > _LONGEST:
        return {PARTS[field][0]: text}
    if field == "contact":
        return _contact(text)
    if field == "town_and_name":
        match = _IN_BRACKETS.match(text)
        return {"town": match[1], "name": match[2]} if match else {"name": text}
    if field == "postal_code_and_town":
        return addresses.postal_code_and_town(text)
    name, address = addresses.cut_name(text)
    return {"name": name, "address": address} if address else {"name": name}


def looks_like(texts):
    """The field that nearly all filled cells of a column look like, or None. A proposal for a person, never loaded."""
    filled = [text for text in texts if text]
    if len(filled) < 3:
        return None
    for field, pattern in _LOOKS:
        if sum(1 for text in filled if pattern.match(text)) >= 0.8 * len(filled):
            return field
    return None


def _contact(text):
    parts = {}
    emails = _EMAIL.findall(text)
    if emails:
        parts["email"] = "; ".join(emails)
        text = _EMAIL.sub(" ", text)
    www = _WWW.search(text)
    if www:
        parts["www"] = www[0].rstrip(".,)")
        text = _WWW.sub(" ", text)
    phones = _PHONE.findall(text)
    if phones:
        parts["phone"] = "; ".join(phone.strip() for phone in phones)
    return parts
