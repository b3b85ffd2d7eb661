"""Letters about one's own data."""

from datetime import UTC, datetime

from accounts.models import ErasureRequest
from accounts.use_cases.erasure import FAREWELL
from notifications.letters import Letter


def _example():
    asked_at = datetime(2026, 11, 3, 9, tzinfo=UTC)
    return {"request": ErasureRequest(asked_at=asked_at, answer="Trwa kontrola, do której te dane są potrzebne.")}


LETTERS = (
    Letter(template="accounts/email/erasure_asked", label="Przyjęto prośbę o usunięcie danych", example=_example),
    Letter(template="accounts/email/erasure_refused", label="Odmowa usunięcia danych", example=_example),
    Letter(template=FAREWELL, label="Dane usunięte", example=_example),
)
