import pytest
from django.db import OperationalError, connection

pytestmark = pytest.mark.django_db


def test_ready_when_database_cache_and_queue_answer(client):
    response = client.get("/readyz")
    assert (response.status_code, response.content) == (200, b"ready\n")


def test_not_ready_names_what_is_missing(client, settings):
    settings.CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": "redis://127.0.0.1:1"}
    }
    response = client.get("/readyz")
    assert (response.status_code, response.content) == (503, b"missing: cache\n")


def test_not_ready_without_the_database(client):
    def refuse(execute, sql, params, many, context):
        raise OperationalError("connection refused")

    with connection.execute_wrapper(refuse):
        response = client.get("/readyz")
    assert (response.status_code, response.content) == (503, b"missing: database\n")


def test_not_ready_without_the_queue(client):
    from celery import current_app

    address = current_app.conf.broker_url
    current_app.conf.broker_url = "redis://127.0.0.1:1"
    try:
        response = client.get("/readyz")
    finally:
        current_app.conf.broker_url = address
    assert (response.status_code, response.content) == (503, b"missing: queue\n")


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_probes_open_no_session_and_are_never_cached(client, path):
    response = client.get(path)
    assert not response.cookies
    assert "no-store" in response.headers["Cache-Control"]
