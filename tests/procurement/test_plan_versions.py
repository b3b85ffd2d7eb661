"""What stays and what changes between versions and years of a plan, and what visitors see of a draft: nothing."""

from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest

from core.exceptions import Refused
from procurement.choices import PlanImportState, UpdateKind
from procurement.forms.plan_items import ItemForm
from procurement.models import ClauseKind, Mode, PlanImport, PlanItem, PostingEntry
from procurement.plans.rejected import as_sheet
from procurement.use_cases.notices import starting
from procurement.use_cases.plans import contents, drafts, importing, items, making
from procurement.use_cases.plans.publishing import publish
from procurement.use_cases.plans.reading import tables
from procurement.use_cases.rules import succeed
from tests.procurement.factories import NoticeFactory, PlanFactory, PlanItemFactory
from tests.procurement.orders import clause, plan_item, refresh
from tests.registry.factories import NOW

pytestmark = pytest.mark.django_db
HEADING = "Pozycja planu;Przedmiot zamówienia;Rodzaj;Wartość netto;Termin wszczęcia;Informacja na temat aktualizacji\n"
CLEANING = "1.3.1;Sprzątanie urzędu;usługi;400 000;II kw.;\n"
PAPER = "1.2.1;Papier;dostawy;200 000;III kw.;\n"


def received(plan, *rows):
    file = BytesIO((HEADING + "".join(rows)).encode())
    return importing.receive(plan=plan, file=file, name="plan.csv", actor=None, now=NOW)


def load(plan, *rows):
    run = importing.read(import_id=received(plan, *rows).pk)
    return importing.apply(import_id=run.pk, actor=None, now=NOW).report


def said(plan):
    """{subject: update kind} of the draft."""
    return dict(drafts.draft_of(plan).items.values_list("subject", "update_kind"))


def as_saved(content, **changed):
    names = [name for name in contents.PLAIN if name != "update_kind"]
    return {name: getattr(content, name) for name in (*names, "number", "cpv", "clauses")} | changed


# Numbers


def test_a_number_that_everybody_has_read_stays(ola):
    item = plan_item()
    plan = item.version.plan
    draft = drafts.start_draft(plan_id=plan.pk, actor=ola, now=NOW)
    [content] = contents.read(draft)
    with pytest.raises(Refused, match="1.3.1 i go zachowa") as refusal:
        items.save_item(
            plan_id=plan.pk,
            position_id=item.position_id,
            values=as_saved(content, number="1.3.77"),
            actor=ola,
            now=NOW,
        )
    assert refusal.value.field == "number"
    item.position.refresh_from_db()
    assert item.position.number == "1.3.1"


def test_the_number_of_the_bulletin_reaches_the_list_at_once(ola):
    item = plan_item()
    notice = NoticeFactory(position=item.position, authority=item.version.plan.authority)
    refresh()
    number, url = "2027/BZP 00012345/01/P", "https://bip.example.pl/plan"
    making.change_plan(plan_id=item.version.plan_id, budget_on=None, bzp_number=number, url=url, now=NOW)
    entry = PostingEntry.objects.get(pk=item.position_id)
    assert (entry.plan_number, entry.url) == (number, url)
    assert PostingEntry.objects.get(pk=notice.pk).plan_number == number


# Given up


def test_what_was_given_up_by_hand_stays_so_when_a_whole_file_does_not_have_it(ola):
    plan = PlanFactory(year=2026)
    load(plan, CLEANING, PAPER)
    publish(plan_id=plan.pk, actor=ola, now=NOW)
    draft = drafts.start_draft(plan_id=plan.pk, actor=ola, now=NOW)
    items.drop_item(plan_id=plan.pk, position_id=draft.items.get(subject="Papier").position_id, actor=ola, now=NOW)
    assert load(plan, CLEANING)["dropped"] == []
    assert said(plan) == {"Sprzątanie urzędu": "", "Papier": UpdateKind.DROPPED}


def test_putting_a_word_right_takes_nothing_up_again(ola):
    plan = plan_item().version.plan
    draft = drafts.start_draft(plan_id=plan.pk, actor=ola, now=NOW)
    [content] = contents.read(draft)
    position = {"plan_id": plan.pk, "position_id": content.position_id, "actor": ola, "now": NOW}
    items.drop_item(**position)
    items.save_item(**position, values=as_saved(content, subject="Sprzątanie dworca"))
    assert said(plan) == {"Sprzątanie dworca": UpdateKind.DROPPED}
    items.take_up_again(**position)
    assert said(plan) == {"Sprzątanie dworca": UpdateKind.CHANGED}


def test_a_file_that_names_what_was_given_up_long_ago_announces_nothing(ola):
    plan = PlanFactory(year=2026)
    gone = PAPER.replace("III kw.;", "III kw.;rezygnacja z pozycji")
    load(plan, CLEANING, PAPER)
    publish(plan_id=plan.pk, actor=ola, now=NOW)
    load(plan, CLEANING, gone)
    publish(plan_id=plan.pk, actor=ola, now=NOW)
    report = load(plan, CLEANING, gone)
    assert (report["created"], report["updated"], report["unchanged"]) == (0, 0, 2)
    with pytest.raises(Refused, match="nie różni się"):
        publish(plan_id=plan.pk, actor=ola, now=NOW)
    # Of a position that the portal never knew the file says the same.
    load(plan, CLEANING, gone, "1.2.2;Tonery;dostawy;90 000;III kw.;rezygnacja z pozycji\n")
    assert said(plan)["Tonery"] == UpdateKind.DROPPED


def test_what_was_given_up_and_left_out_comes_back_as_the_same_position(ola):
    plan = PlanFactory(year=2026)
    load(plan, CLEANING, PAPER)
    publish(plan_id=plan.pk, actor=ola, now=NOW)
    position = PlanItem.objects.get(subject="Papier").position_id
    for rows in ((CLEANING,), (CLEANING.replace("400", "450"),), (CLEANING, PAPER)):
        load(plan, *rows)
        publish(plan_id=plan.pk, actor=ola, now=NOW)
    plan.refresh_from_db()
    back = plan.current.items.get(subject="Papier")
    assert (back.position_id, back.update_kind) == (position, UpdateKind.ADDED)
    assert list(
        PlanItem.objects.filter(position=position).order_by("version__number").values_list("update_kind", flat=True)
    ) == ["", UpdateKind.DROPPED, UpdateKind.ADDED]


# From year to year


def test_a_copy_for_a_year_of_another_law_takes_its_modes_and_clauses(ola):
    mode, kind = Mode.objects.get(code="zapytanie-ofertowe"), ClauseKind.objects.get(code="art95")
    item = plan_item(mode=mode, clauses=["art95"])
    new_mode = succeed(model=Mode, row_id=mode.pk, valid_from=date(2028, 1, 1), changes={"label": "zapytanie nowe"})
    new_kind = succeed(model=ClauseKind, row_id=kind.pk, valid_from=date(2028, 1, 1), changes={"label": "nowa"})
    plan = making.make_plan(authority=item.version.plan.authority, year=2028, copied=True, actor=ola, now=NOW)
    copied = drafts.draft_of(plan).items.get()
    assert (copied.mode, copied.clauses.get().kind) == (new_mode, new_kind)
    assert copied.opens_on == date(2028, 4, 1)


def test_a_notice_copied_after_the_law_has_changed_takes_the_new_rows(ola):
    mode, kind = Mode.objects.get(code="zapytanie-ofertowe"), ClauseKind.objects.get(code="art95")
    old = NoticeFactory(mode=mode)
    clause(notice=old, code="art95")
    new_mode = succeed(model=Mode, row_id=mode.pk, valid_from=date(2026, 11, 1), changes={})
    new_kind = succeed(model=ClauseKind, row_id=kind.pk, valid_from=date(2026, 11, 1), changes={})
    new = starting.copy(notice_id=old.pk, actor=ola, now=NOW)
    assert (new.mode, new.clauses.get().kind) == (new_mode, new_kind)


def test_a_mode_that_is_in_force_no_more_is_not_lost_by_saving_the_form(coordinator):
    mode = Mode.objects.get(code="zapytanie-ofertowe")
    item = PlanItemFactory(mode=mode)
    succeed(model=Mode, row_id=mode.pk, valid_from=date(2026, 6, 1), changes={})
    page = coordinator.get(f"/panel/zamowienia/plany/{item.version.plan_id}/pozycja/{item.position_id}/")
    offered = [value for value, _ in page.context["form"].fields["mode"].choices]
    assert str(mode.pk) in offered
    assert page.context["form"].initial["mode"] == str(mode.pk)


# What a heading has said


def test_an_amount_read_under_a_heading_in_thousands_is_the_same_in_the_form_and_in_the_refused_rows():
    plan = PlanFactory(year=2026)
    sheet = "Przedmiot zamówienia;Rodzaj;Wartość netto w tys. zł;Termin wszczęcia\nPapier;dostawy;ok. 200;V kwartał\n"
    run = importing.receive(plan=plan, file=BytesIO(sheet.encode()), name="plan.csv", actor=None, now=NOW)
    [draft] = importing.read(import_id=run.pk).drafts
    heading, [(cells, _)] = as_sheet([draft])
    assert cells[heading.index("Orientacyjna wartość zamówienia")] == "ok. 200 000,00"
    content = contents.Content(subject="Papier", value=Decimal("200000"), value_words="ok. 200", is_approximate=True)
    form = ItemForm(None, year=2026, tables=tables(2026), modes=[], kinds=[], content=content)
    assert form.initial["value"] == "ok. 200 000,00"
    short = contents.Content(
        subject="Papier", value=Decimal("200000"), value_words="ok. 200 tys.", is_approximate=True
    )
    assert (
        ItemForm(None, year=2026, tables=tables(2026), modes=[], kinds=[], content=short).initial["value"]
        == "ok. 200 tys."
    )


# Two at once


def test_a_file_given_up_while_it_was_read_stays_given_up():
    plan = PlanFactory(year=2026)
    run = received(plan, *(f"1.3.{number};Usługa {number};usługi;50 000;II kw.;\n" for number in range(1, 250)))
    importing.read(import_id=run.pk, progress=lambda count: importing.give_up(import_id=run.pk))
    run.refresh_from_db()
    assert (run.state, run.drafts) == (PlanImportState.GIVEN_UP, [])


def test_a_plan_that_is_removed_takes_the_files_along(at_once):
    plan = PlanFactory(year=2026)
    run = received(plan, CLEANING)
    storage, name = run.file.storage, run.file.name
    assert storage.exists(name)
    making.remove_plan(plan_id=plan.pk)
    assert not PlanImport.objects.exists()
    assert not storage.exists(name)
