"""The portal's own addresses and a few that go wrong on purpose."""

from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import connection
from django.http import HttpResponse
from django.urls import path

from accounts.models import User
from config.urls import handler400, handler403, handler404, handler500
from config.urls import urlpatterns as portal
from core.http import TooManyRequests, accepts

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]


def raises(error):
    def view(request):
        raise error

    return view


@accepts("GET", "HEAD", "POST")
def writes(request):
    User.objects.create(email="ktos@example.org")
    return HttpResponse("written")


def writes_by_hand(request):
    with connection.cursor() as cursor:
        cursor.execute("WITH gone AS (DELETE FROM accounts_user RETURNING id) SELECT count(*) FROM gone")
    return HttpResponse("written")


@accepts("GET", "HEAD", "POST")
def reads(request):
    return HttpResponse(str(User.objects.count()))


urlpatterns = [
    *portal,
    path("test/400", raises(SuspiciousOperation("odd"))),
    path("test/403", raises(PermissionDenied())),
    path("test/429", raises(TooManyRequests(42))),
    path("test/500", raises(ValueError("bug"))),
    path("test/reads", reads),
    path("test/writes", writes),
    path("test/writes-by-hand", writes_by_hand),
]
