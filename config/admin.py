from functools import update_wrapper

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from unfold.sites import UnfoldAdminSite

from accounts.looks import note_look
from accounts.permissions import may_enter_admin


class PortalAdminSite(UnfoldAdminSite):
    """The coordinators' site: what one may not see answers 404, a stranger is asked to sign in."""

    site_header = "Dolnośląska Ekonomia Społeczna"
    site_title = "Koordynacja"
    index_title = "Co czeka"
    enable_nav_sidebar = True

    def has_permission(self, request):
        return may_enter_admin(request.user)

    def login(self, request, extra_context=None):
        """There is one door. Where it leads afterwards is checked there."""
        return redirect_to_login(request.GET.get("next") or reverse("admin:index"))

    def password_change(self, request, extra_context=None):
        """Where the person is told by letter and other devices are signed out."""
        return redirect("account_change_password")

    def admin_view(self, view, cacheable=False):
        if view == self.logout:  # whoever is signed in may sign out
            return never_cache(view)
        guarded = super().admin_view(view, cacheable)

        def inner(request, *args, **kwargs):
            if request.user.is_authenticated and not self.has_permission(request):
                raise Http404
            try:
                answer = guarded(request, *args, **kwargs)
            except PermissionDenied as denied:
                raise Http404 from denied
            if request.method != "HEAD" and answer.status_code == 200:  # a list is also shown to a POST
                note_look(request)
            return answer

        return update_wrapper(inner, guarded)


def environment(request):
    """The label beside the title: people must see that they work on invented data."""
    return ["DEMO", "warning"] if settings.DEMO else None
