"""What a first visit costs, and that the files survive being hashed and compressed for production."""

import re

import brotli
import pytest
from django.conf import settings
from django.contrib.staticfiles.finders import find
from django.core.management import call_command

CSS = settings.BASE_DIR / "static" / "css"
PORTAL = CSS / "portal.css"
# What every page asks for; single pages may add a sheet of their own.
OURS = [PORTAL, *(CSS / name for name in re.findall(r'@import url\("([\w-]+\.css)"\)', PORTAL.read_text("utf-8")))]


def squeezed(data):
    return len(brotli.compress(data))


def test_all_style_sheets_of_a_page_fit_in_12_kb_compressed():
    assert sum(squeezed(path.read_bytes()) for path in OURS) < 12_000


def test_shell_scripts_and_pictures_of_a_first_visit_fit_in_40_kb_compressed():
    names = ["js/portal.js", "img/favicon.svg", "img/skyline.svg", "django_htmx/htmx-2.min.js"]
    files = [(settings.BASE_DIR / "static" / name) for name in names[:-1]] + [find(names[-1])]
    total = sum(squeezed(path.read_bytes()) for path in map(type(CSS), files))
    assert total + sum(squeezed(path.read_bytes()) for path in OURS) < 40_000


@pytest.mark.parametrize("path", OURS, ids=lambda path: path.name)
def test_a_style_sheet_is_short_enough_to_read(path):
    assert len(path.read_text("utf-8").splitlines()) < 250


def test_production_hashes_every_address_inside_the_style_sheets(settings, tmp_path):
    settings.STATIC_ROOT = tmp_path
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}
    }
    call_command("collectstatic", interactive=False, verbosity=0)
    portal = next(tmp_path.glob("css/portal.*.css")).read_text("utf-8")
    layers = re.findall(r'@import url\("(\w+)\.[0-9a-f]{12}\.css"\) layer\((\w+)\)', portal)
    assert layers == [(name, name) for name in ("tokens", "base", "forms", "components", "layout", "print")]
    layout = next(tmp_path.glob("css/layout.*.css")).read_text("utf-8")
    assert re.findall(r"url\(\"../img/skyline\.([0-9a-f]{12})\.svg\"\)", layout) != []
