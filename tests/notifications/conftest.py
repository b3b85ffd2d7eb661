import pytest

from notifications import letters
from notifications.letters import Letter


@pytest.fixture
def add_letter(settings, tmp_path, monkeypatch):
    """add_letter("name", "Subject\\n\\nBody") makes a kind of letter that only this test knows."""
    monkeypatch.setattr(letters, "_LETTERS", dict(letters._LETTERS))
    settings.TEMPLATES = [{**one, "DIRS": [*one["DIRS"], tmp_path]} for one in settings.TEMPLATES]

    def add(template, text, **values):
        (tmp_path / f"{template}.txt").write_text(text, "utf-8")
        letters.register(Letter(**{"template": template, "label": template, "example": dict} | values))

    return add
