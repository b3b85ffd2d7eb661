import pytest
from django.contrib.sessions.models import Session
from django.db import transaction

from accounts.models import User
from core.readonly import WroteOnRead, read_only

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.core.urls")]


def test_a_get_that_writes_is_refused_in_tests(client):
    with pytest.raises(WroteOnRead, match="INSERT INTO"), transaction.atomic():
        client.get("/test/writes")
    assert User.objects.count() == 0


def test_a_delete_hidden_behind_a_select_is_refused_too(client):
    User.objects.create(email="ktos@example.org")
    with pytest.raises(WroteOnRead, match="DELETE FROM"):
        client.get("/test/writes-by-hand")
    assert User.objects.count() == 1


def test_a_get_that_reads_and_a_post_that_writes_are_let_through(client):
    assert client.get("/test/reads").content == b"0"
    assert client.post("/test/writes").content == b"written"


@pytest.mark.parametrize(
    "write",
    [
        lambda: User.objects.create(email="nowy@example.org"),
        lambda: User.objects.update(is_active=False),
        lambda: User.objects.all().delete(),
        lambda: list(User.objects.select_for_update()),
    ],
)
def test_every_kind_of_write_is_refused(write):
    User.objects.create(email="ktos@example.org")
    with read_only(), pytest.raises(WroteOnRead), transaction.atomic():
        write()


def test_a_word_that_looks_like_a_write_inside_a_value_is_no_write():
    with read_only():
        assert User.objects.filter(email="delete from accounts_user; insert into x").count() == 0


def test_only_the_session_of_a_person_who_has_one_may_be_saved():
    with read_only(allow_session=True):
        Session.objects.filter(pk="x").delete()
    with read_only(), pytest.raises(WroteOnRead):
        Session.objects.filter(pk="x").delete()
