import pytest

from notifications import letters
from notifications.letters import Letter
from tests.notifications.mailserver import MailServer


@pytest.fixture
def add_letter(settings, tmp_path, monkeypatch):
    """add_letter("name", "Subject\\n\\nBody") makes a kind of letter that only this test knows."""
    monkeypatch.setattr(letters, "_LETTERS", dict(letters._LETTERS))
    settings.TEMPLATES = [{**one, "DIRS": [*one["DIRS"], tmp_path]} for one in settings.TEMPLATES]

    def add(template, text, **values):
        (tmp_path / f"{template}.txt").write_text(text, "utf-8")
        letters.register(Letter(**{"template": template, "label": template, "example": dict} | values))

    return add


@pytest.fixture
def mail_server(settings):
    """A mail server that listens, and the settings that lead to it."""
    with MailServer() as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        yield server
        server.release()
        server.shutdown()
