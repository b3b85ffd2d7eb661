from django.http import Http404


def people_update(request, token):
    raise Http404


def address_update(request, token):
    raise Http404


def update_review(request, pk):
    raise Http404
