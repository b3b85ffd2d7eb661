"""What the log says of addresses that are keys."""

import logging

import pytest

from core import links
from core.logs import WithoutTokens
from tests.events.factories import RegistrationFactory

pytestmark = pytest.mark.django_db


def said(message, *args):
    record = logging.LogRecord("django.request", logging.WARNING, "", 1, message, args, None)
    assert WithoutTokens().filter(record)
    return record.getMessage()


def test_a_token_in_an_address_is_not_written_down():
    token = links.token("registration", RegistrationFactory())
    assert said("%s: %s", "Not Found", f"/zapis/{token}/materialy/7/") == "Not Found: /zapis/(odsyłacz)/materialy/7/"
    assert said("Not Found: /wydarzenia/2026/12/") == "Not Found: /wydarzenia/2026/12/"
