"""The signed time of public forms."""

from datetime import UTC, datetime, timedelta

import pytest

from core.antispam import AT_LEAST, AT_MOST, STAMP, TOO_OLD, TOO_QUICK, GuardedForm, shown_at, stamp

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


class Form(GuardedForm):
    purpose = "proba"


def sent(after, *, purpose="proba", **more):
    return Form({STAMP: stamp(purpose, NOW - after), **more}, now=NOW)


def test_a_form_that_took_a_person_some_time_is_taken():
    assert sent(AT_LEAST).is_valid()
    assert sent(AT_MOST).is_valid()


def test_what_comes_too_soon_is_shown_again_and_its_time_goes_on_running():
    form = sent(timedelta(seconds=1))
    assert form.non_field_errors() == [TOO_QUICK]
    assert Form({STAMP: form.stamp}, now=NOW + timedelta(seconds=2)).is_valid()


@pytest.mark.parametrize("age", [timedelta(hours=25), timedelta(hours=-25)])
def test_a_page_left_open_for_more_than_a_day_gets_a_new_time(age):
    form = sent(age)
    assert form.non_field_errors() == [TOO_OLD]
    assert shown_at("proba", form.stamp) == NOW


@pytest.mark.parametrize("text", ["", "0", "a:b:c", "\0", "x" * 10_000])
def test_a_forged_time_is_none(text):
    form = Form({STAMP: text}, now=NOW)
    assert form.non_field_errors() == [TOO_OLD]


def test_the_time_of_another_form_is_none():
    form = Form({STAMP: stamp("inny", NOW - timedelta(minutes=1))}, now=NOW)
    assert form.non_field_errors() == [TOO_OLD]


def test_who_falls_into_the_trap_is_told_nothing():
    form = sent(timedelta(0), website="http://x")
    assert form.is_valid()
    assert form.is_from_machine
