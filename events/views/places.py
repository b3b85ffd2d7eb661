from django.http import Http404


def own_projects(request):
    raise Http404
