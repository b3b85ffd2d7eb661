from django.http import Http404


def posting(request, pk, slug):
    raise Http404
