"""Files go with their rows after the commit, and what no row names goes at night: never anything else."""

import os
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import Job, User
from accounts.use_cases import retention
from core.files import sweeping
from core.files.letting_go import let_go
from core.files.named import file_fields, named_by_fields, stored_models, unnamed
from quality_mark.use_cases import papers, sign_files
from registry.models import OfferPicture
from registry.pictures import small_name
from tests.quality_mark.factories import ApplicationFactory
from tests.quality_mark.office import applicant_of
from tests.registry.factories import OfferFactory

pytestmark = pytest.mark.django_db(transaction=True)
PDF = b"%PDF-1.7\n%%EOF"


def now():
    return timezone.now()


def stored(name, *, days=2, content=PDF):
    """A file that was written so many days ago."""
    name = default_storage.save(name, ContentFile(content))
    moment = (now() - timedelta(days=days)).timestamp()
    os.utime(default_storage.path(name), (moment, moment))
    return name


def paper(application, **given):
    upload = ContentFile(PDF, "wyciag.pdf")
    code = application.rulebook.requiredpaper_set.first()
    return papers.add_paper(
        application_id=application.pk, code=code.code if code else "podpisany-wniosek", upload=upload,
        actor=applicant_of(application), now=now(), **given,
    )  # fmt: skip


def age(name):
    moment = (now() - timedelta(days=2)).timestamp()
    os.utime(default_storage.path(name), (moment, moment))


def test_a_file_of_a_rolled_back_transaction_is_swept_the_night_after():
    case = ApplicationFactory()
    with transaction.atomic():
        name = paper(case).file.name
        transaction.set_rollback(True)
    assert default_storage.exists(name)
    assert sweeping.sweep(now=now()) == 0, "it could still be written"
    age(name)
    assert sweeping.sweep(now=now()) == 1
    assert not default_storage.exists(name)


def test_a_file_whose_process_died_before_the_row_is_swept():
    name = stored("quality_mark/papers/aaaa.pdf")
    assert sweeping.look(now=now()).unnamed == [name]
    assert retention.forget("accounts.unnamed_files", clock=now) == 1
    assert retention.forget("accounts.unnamed_files", clock=now) == 0
    assert not default_storage.exists(name)


def test_a_deleted_row_takes_its_file_along_after_the_commit_only():
    kept = paper(ApplicationFactory())
    name = kept.file.name
    with transaction.atomic():
        kept.delete()
        transaction.set_rollback(True)
    assert default_storage.exists(name)
    with transaction.atomic():
        type(kept).objects.filter(sha256=kept.sha256).delete()
        assert default_storage.exists(name)
    assert not default_storage.exists(name)


def test_a_file_of_two_rows_goes_with_the_last_of_them():
    user = User.objects.create_user("ola@example.pl")
    name = default_storage.save("jobs/a/lista.csv", ContentFile(b"a"))
    first, second = (Job.objects.create(kind="x", title="x", owner=user, file=name, asked_at=now()) for _ in "ab")
    first.delete()
    assert default_storage.exists(name)
    second.delete()
    assert not default_storage.exists(name)


def test_a_replaced_file_goes_after_the_commit_and_stays_when_it_is_undone():
    name = stored("jobs/a/lista.csv")
    with transaction.atomic():
        let_go(name, "")
        transaction.set_rollback(True)
    assert default_storage.exists(name)
    let_go(name, None)
    assert not default_storage.exists(name)
    let_go(name)


def test_a_file_that_cannot_be_deleted_stops_nothing(monkeypatch, caplog):
    name = stored("jobs/a/lista.csv")
    other = stored("jobs/b/lista.csv")

    def refuse(path, *args, **kwargs):
        if "/a/" in str(path):
            raise PermissionError(path)
        return remove(path, *args, **kwargs)

    remove = os.remove
    monkeypatch.setattr(os, "remove", refuse)
    let_go(name, other)
    assert (default_storage.exists(name), default_storage.exists(other)) == (True, False)
    assert "could not be deleted" in caplog.text
    assert sweeping.sweep(now=now()) == 0


def test_every_field_of_files_of_every_table_is_asked_history_included():
    fields = [(model, field) for model in stored_models() for field in file_fields(model)]
    assert len(fields) >= 15
    stored("jobs/a/lista.csv")
    with CaptureQueriesContext(connection) as asked:
        named_by_fields()
    said = "\n".join(query["sql"] for query in asked)
    unread = [
        f"{model._meta.label}.{field.name}"
        for model, field in fields
        if f'"{field.column}" FROM "{model._meta.db_table}"' not in said.replace(f' AS "{field.column}"', "")
        and f'"{field.column}" AS "{field.name}" FROM "{model._meta.db_table}"' not in said
    ]
    assert unread == [], said


def test_an_answer_inside_json_and_a_small_picture_are_in_use():
    user = User.objects.create_user("ola@example.pl")
    answer = stored("events/answers/żółw (1).pdf")
    Job.objects.create(kind="x", title="x", owner=user, given={"a": [{"b": answer}]}, asked_at=now())
    picture = OfferPicture(offer=OfferFactory(), alt="Krzesło", position=1, width=1, height=1)
    picture.image.name = stored("registry/offers/1/x.webp")
    OfferPicture.objects.bulk_create([picture])
    small = stored(small_name(picture.image.name))
    orphan = stored("events/answers/sierota.pdf")
    assert unnamed([answer, small, picture.image.name]) == []
    assert sweeping.look(now=now()).unnamed == [orphan]


def test_a_row_of_history_keeps_a_file_and_a_deleted_history_row_deletes_none():
    picture = OfferPicture(offer=OfferFactory(), alt="Krzesło", position=1, width=1, height=1)
    picture.image.name = stored("registry/offers/1/x.webp")
    OfferPicture.objects.bulk_create([picture])
    OfferPicture.objects.filter(pk=picture.pk)._raw_delete("default")
    assert sweeping.look(now=now()).unnamed == []
    OfferPicture.pgh_event_model.objects.all().delete()
    assert default_storage.exists(picture.image.name)
    assert sweeping.look(now=now()).unnamed == [picture.image.name]


def test_a_row_written_while_the_sweep_looks_keeps_its_file(monkeypatch):
    name = stored("jobs/a/lista.csv")
    user = User.objects.create_user("ola@example.pl")
    look = sweeping.look

    def slow(*, now):
        found = look(now=now)
        Job.objects.create(kind="x", title="x", owner=user, file=name, asked_at=now)
        return found

    monkeypatch.setattr(sweeping, "look", slow)
    assert sweeping.sweep(now=now()) == 0
    assert default_storage.exists(name)


def test_a_file_that_is_being_uploaded_is_left():
    name = stored("quality_mark/papers/bbbb.pdf", days=0)
    assert sweeping.look(now=now()) == sweeping.Found(1, [])
    assert default_storage.exists(name)


def test_hidden_files_and_those_beside_the_folders_are_nobodys_business():
    stored("notatka.txt")
    stored("jobs/.schowek")
    (Path(default_storage.path("")) / ".trash").mkdir()
    assert sweeping.look(now=now()) == sweeping.Found(0, [])


def test_an_empty_database_beside_a_full_folder_loses_nothing(caplog):
    names = [stored(f"jobs/{number}/a.csv") for number in range(101)]
    with pytest.raises(sweeping.TooMany):
        sweeping.sweep(now=now())
    assert sweeping.sweep_at_night(now()) == 0
    assert "101 of 101" in caplog.text
    with pytest.raises(CommandError, match="--even-many"):
        call_command("sweep_files", remove=True)
    assert all(map(default_storage.exists, names))
    call_command("sweep_files", remove=True, even_many=True)
    assert not any(map(default_storage.exists, names))


def test_the_command_tells_and_removes_only_when_told(capsys):
    name = stored("jobs/a/lista.csv")
    call_command("sweep_files")
    assert capsys.readouterr().out == f"{name}\n# jobs/a: 1\n# plików: 1, bez wiersza: 1\n"
    assert default_storage.exists(name)
    call_command("sweep_files", remove=True)
    assert "# usunięto: 1" in capsys.readouterr().out
    assert not default_storage.exists(name)


def test_without_a_folder_of_files_there_is_nothing_to_sweep():
    assert sweeping.sweep(now=now()) == 0


def test_a_file_taken_out_of_the_pack_of_the_sign_goes():
    user = User.objects.create_user("ola@example.pl")
    row = sign_files.upload(title="Znak", file=ContentFile(b"%PDF-1.7", "znak.pdf"), actor=user, now=now())
    name = row.file.name
    for _ in range(2):
        sign_files.remove(file_id=row.pk, now=now())
    row.refresh_from_db()
    assert (row.file.name, bool(row.removed_at), default_storage.exists(name)) == ("", True, False)
