import pytest
from django.conf import settings

from registry.models import (
    CatalogueEntry,
    County,
    CpvCode,
    DictionaryLoad,
    Municipality,
    OfferCategory,
    OrganisationKind,
    Region,
)
from registry.search import Search
from registry.use_cases.catalogue import upkeep
from registry.use_cases.dictionaries import load_all
from tests.registry.factories import NOW, OrganisationFactory

pytestmark = pytest.mark.django_db


def test_territory_has_every_county_and_municipality():
    assert County.objects.count() == 30
    assert {kind: Municipality.objects.filter(kind=kind).count() for kind in (1, 2, 3)} == {1: 35, 2: 76, 3: 58}
    assert County.objects.filter(boundary__isnull=True).count() == 0
    assert Municipality.objects.filter(latitude__isnull=True).count() == 0


def test_fourteen_pairs_of_one_name_are_shown_with_their_type():
    labels = Municipality.objects.filter(label__contains="(").values_list("label", flat=True)
    assert len(labels) == 28
    assert str(Municipality.objects.get(pk="0219011")) == "Świdnica (gmina miejska)"
    assert str(Municipality.objects.get(pk="0219072")) == "Świdnica (gmina wiejska)"
    assert str(Municipality.objects.get(pk="0264011")) == "Wrocław"


def test_cpv_forms_a_tree_below_its_divisions():
    assert CpvCode.objects.count() == 9454
    assert set(CpvCode.objects.filter(parent=None).values_list("level", flat=True)) == {"division"}
    path, code = [], CpvCode.objects.get(code="90919200-4")
    while code:
        path.append(code.code8)
        code = code.parent
    assert path == ["90919200", "90919000", "90910000", "90900000", "90000000"]


def test_every_offer_category_but_none_lacks_a_cpv():
    assert OfferCategory.objects.count() == 20
    assert OfferCategory.objects.filter(cpv=None).count() == 0


def test_kinds_say_what_the_law_lets_each_hold():
    assert set(OrganisationKind.objects.filter(is_unit=True).values_list("pk", flat=True)) == {
        "wtz",
        "zaz",
        "cis",
        "kis",
    }
    assert not OrganisationKind.objects.filter(is_unit=True, may_hold_ps=True).exists()
    assert set(OrganisationKind.objects.filter(may_hold_mark=False).values_list("pk", flat=True)) == {"wtz", "kis"}


def test_a_second_load_changes_nothing():
    assert [loaded.name for loaded in load_everything() if loaded.changed] == []


def test_an_edited_row_survives_until_its_file_changes():
    OrganisationKind.objects.filter(pk="kis").update(label="klub")
    load_everything()
    assert OrganisationKind.objects.get(pk="kis").label == "klub"


def test_another_region_needs_only_its_folder(tmp_path):
    (tmp_path / "region.toml").write_text(
        'teryt = "16"\nname = "opolskie"\n[as_of]\nunits = 2026-01-01\nboundaries = 2026-01-01\n'
        '[source]\nunits = "GUS"\nboundaries = "GUGiK"\n[licence]\nunits = ""\nboundaries = ""\n',
        "utf-8",
    )
    (tmp_path / "counties.csv").write_text(
        "teryt,name,city,nuts3,subregion,former_names\n1601,brzeski,0,PL523,nyski,\n", "utf-8"
    )
    (tmp_path / "municipalities.csv").write_text("teryt,name\n1601013,Brzeg\n", "utf-8")
    square = '{"type":"Polygon","coordinates":[[[17,50],[18,50],[18,51],[17,51],[17,50]]]}'
    feature = '{{"type":"FeatureCollection","features":[{{"properties":{{"teryt":"{}"}},"geometry":{}}}]}}'
    (tmp_path / "counties.geojson").write_text(feature.format("1601", square), "utf-8")
    (tmp_path / "municipalities.geojson").write_text(feature.format("1601013", square), "utf-8")

    load_all(data_dir=settings.BASE_DIR / "data", territory_dir=tmp_path)

    county = Region.objects.get(pk="16").counties.get()
    assert (county.name, county.latitude, county.longitude) == ("brzeski", 50.5, 17.5)
    assert str(county.municipalities.get()) == "Brzeg"


def load_everything():
    return load_all(data_dir=settings.BASE_DIR / "data", territory_dir=settings.TERRITORY_DIR)


def test_the_catalogue_is_written_anew_when_a_dictionary_has_changed():
    card = OrganisationFactory(published_at=NOW)
    assert upkeep.rebuild_if_outdated(now=NOW) == 1
    assert upkeep.rebuild_if_outdated(now=NOW) is None
    OrganisationKind.objects.filter(pk=card.kind_id).update(label="kuźnia")
    DictionaryLoad.objects.filter(name="kinds").update(sha256="another file")

    assert upkeep.rebuild_if_outdated(now=NOW) == 1

    assert CatalogueEntry.objects.filter(Search("kuźnia").condition).exists()


def test_the_catalogue_is_written_anew_when_the_program_has_changed(tmp_path, monkeypatch):
    module = tmp_path / "lemmas.py"
    module.write_text("old")
    monkeypatch.setattr(upkeep, "_PROGRAM", (tmp_path,))
    assert upkeep.rebuild_if_outdated(now=NOW) == 0
    assert upkeep.rebuild_if_outdated(now=NOW) is None

    module.write_text("new")

    assert upkeep.rebuild_if_outdated(now=NOW) == 0
