"""The words of the panel's library are Polish: the compiled catalogue holds what its source says."""

import ast
import re

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext

from accounts.permissions import Role
from tests.accounts.factories import account

CATALOGUE = settings.LOCALE_PATHS[0] / "pl" / "LC_MESSAGES" / "django.po"
ENTRY = re.compile(r"^msgid ((?:\".*\"\n)+)msgstr ((?:\".*\"\n?)+)", re.MULTILINE)
ENGLISH = [
    "Select action",
    "Type to search",
    "Filters",
    "Run the",
    "No results",
    "Add row",
    "General",
    "Reset filters",
]


def entries():
    for words, translation in ENTRY.findall(CATALOGUE.read_text("utf-8")):
        read = ["".join(map(ast.literal_eval, text.splitlines())) for text in (words, translation)]
        if read[0]:
            yield tuple(read)


def test_every_entry_of_the_catalogue_is_compiled():
    found = list(entries())
    assert len(found) > 40
    assert [(words, gettext(words)) for words, _ in found] == found


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["registry_organisation_changelist", "registry_organisation_add", "index"])
def test_no_english_of_the_library_is_left(client, name):
    client.force_login(account(Role.COORDINATOR))
    page = client.get(reverse(f"admin:{name}")).content.decode()
    assert [words for words in ENGLISH if words in page] == []
