from django.http import Http404


def participation(request, token):
    raise Http404


def consent(request, token, kind):
    raise Http404
