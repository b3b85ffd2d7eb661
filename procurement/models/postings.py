"""What has a page of its own under /zamowienia/: a position of a plan or a notice, numbered in one row of numbers."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.text import slugify

from core.polish import fold


def new_ocid():
    """An identifier of a contracting process (OCDS 1.1) under the prefix of this publisher."""
    return f"{settings.OCDS_PREFIX}-{uuid.uuid4()}"


def posting_address(pk, subject):
    """Only the number counts; the words are there for people."""
    return reverse("procurement:posting", args=[pk, slugify(fold(subject))[:80].strip("-") or "zamowienie"])


class Posting(models.Model):
    """The number in the address, and the contracting process it belongs to. A notice to a position of a plan takes the
    position's process, unless the bulletin gave it a number of its own."""

    ocid = models.CharField("ocid", max_length=80, default=new_ocid, db_index=True)

    class Meta:
        verbose_name = "wpis"
        verbose_name_plural = "wpisy"
        constraints = [
            models.CheckConstraint(condition=Q(ocid__regex=r"^ocds-[a-z0-9]{6}-\S+$"), name="procurement_ocid")
        ]

    def __str__(self):
        return self.ocid
