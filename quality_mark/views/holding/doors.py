"""Who comes in, and the ways back."""

from django.shortcuts import get_object_or_404
from django.urls import reverse

from quality_mark.access import organisations_of
from quality_mark.models import Mark


def own_one(request, pk):
    """404 for whoever does not act for the holder."""
    marks = Mark.objects.told().filter(offer__organisation__in=organisations_of(request.user))
    return get_object_or_404(marks.prefetch_related("licences__application__rulebook"), pk=pk)


def back_to(mark):
    return f"Znak {mark.number}", reverse("quality_mark:own_mark", args=[mark.pk])
