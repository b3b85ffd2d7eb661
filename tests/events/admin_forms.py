"""What the admin's forms of events and editions send, and what they answer."""

import io

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image


def change(row):
    return reverse(f"admin:events_{row._meta.model_name}_change", args=[row.pk])


def management(*prefixes, **given):
    data = {}
    for prefix in prefixes:
        data |= {f"{prefix}-TOTAL_FORMS": 0, f"{prefix}-INITIAL_FORMS": 0}
    return data | given


def lines(prefix, *rows, initial=0):
    data = {f"{prefix}-TOTAL_FORMS": len(rows), f"{prefix}-INITIAL_FORMS": initial}
    for number, row in enumerate(rows):
        data |= {f"{prefix}-{number}-{name}": value for name, value in row.items()}
    return data


def errors_of(response):
    assert response.status_code == 200
    return response.content.decode()


def picture(kind="PNG"):
    content = io.BytesIO()
    Image.new("RGB", (40, 30), "red").save(content, kind)
    return content.getvalue()


def upload(name, content):
    return SimpleUploadedFile(name, content)
