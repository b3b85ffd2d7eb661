"""Every file of a letter is a registered kind and the other way round; every example fills all that its text asks."""

import re

import pytest
from django.conf import settings as project

from notifications import letters, rendering

MISSING = "!brak %s!"
FILES = {
    path.relative_to(project.BASE_DIR / "templates").with_suffix("").as_posix()
    for path in (project.BASE_DIR / "templates").glob("*/email/*.txt")
}
# A signed value, a key or a long number: what only the addressee may know.
TOKEN = re.compile(r"https?://\S*/[\w-]*(?:[A-Za-z_-][0-9]|[0-9][A-Za-z_:-]|:)[\w:-]{12,}/?")


def test_every_file_is_registered_and_the_other_way_round():
    assert {letter.template for letter in letters.all_letters()} == FILES
    assert FILES


@pytest.mark.parametrize("template", sorted(FILES))
def test_the_example_fills_the_letter(settings, template):
    settings.TEMPLATES = [
        {**one, "OPTIONS": {**one["OPTIONS"], "string_if_invalid": MISSING}} for one in settings.TEMPLATES
    ]
    letter = letters.find(template)
    example = letter.example()

    subject, body = rendering.subject_and_body(template, example)

    assert "!brak" not in subject + body
    assert len(subject) >= 10
    assert "Piszemy, bo" in body.strip().splitlines()[-1], "the last sentence says why the person gets the letter"
    assert "&amp;" not in body
    for name in letter.secrets:
        assert str(example[name]) in body
        assert str(example[name]) not in subject
    assert TOKEN.findall(rendering.masked(body, [str(example[name]) for name in letter.secrets])) == []


def test_a_letter_with_a_secret_is_a_duty():
    with pytest.raises(ValueError, match="duty"):
        letters.Letter(template="a", label="a", example=dict, duty=False, secrets=("url",))


def test_a_kind_that_was_given_up_is_a_duty_of_the_past():
    assert letters.is_duty("gone/email/letter")
