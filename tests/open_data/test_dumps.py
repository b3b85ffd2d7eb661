"""The files of a day: all data sets as they stood at one moment, whole or not at all."""

import csv
import gzip
import io
import json
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path

import openpyxl
import pytest
from django.core.files.storage import default_storage
from django.db import connection, transaction
from django.utils import timezone

from core import locks
from open_data import datasets
from open_data.dumps import files, formats
from open_data.models import Content, Dump
from open_data.use_cases import dumps
from registry.models import Institution
from tests.open_data.region import region
from tests.registry.factories import OrganisationFactory, refresh

NIGHT = datetime(2026, 11, 23, 0, 35, tzinfo=timezone.get_default_timezone())
DAY = timedelta(days=1)


def make(now=NIGHT):
    """What the night does, but for its own transaction: a test has one already."""
    dumps.keep(dumps.write_all(), day=timezone.localdate(now), now=now)


def content(dataset, extension, day=NIGHT.date()):
    found = Dump.objects.get(dataset=dataset, format=extension, day=day).content
    return gzip.decompress(Path(default_storage.path(found.file.name)).read_bytes())
