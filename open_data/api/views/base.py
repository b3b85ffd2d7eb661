"""What every answer of the API has: limits told, an ETag, and that anybody may keep it for a minute."""

from hashlib import blake2b

from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_cache_control, patch_vary_headers
from rest_framework.views import APIView

from core.versions import release

FRESH = 60


class ApiView(APIView):
    """GET and HEAD. `version(**kwargs)` is a text that changes with all that `answer(request, **kwargs)` shows."""

    http_method_names = ["get", "head"]
    rate = None

    def get(self, request, **kwargs):
        etag = self.etag(request, self.version(**kwargs))
        unchanged = get_conditional_response(request._request, etag=etag)
        response = unchanged or self.answer(request, **kwargs)
        response.headers["ETag"] = etag
        return response

    head = get

    def version(self, **kwargs):
        raise NotImplementedError

    def answer(self, request, **kwargs):
        raise NotImplementedError

    def etag(self, request, version):
        accepted = getattr(request.accepted_renderer, "format", "")
        parts = (version, release(), timezone.localdate().isoformat(), request.build_absolute_uri(), accepted)
        return f'"{blake2b("|".join(parts).encode(), digest_size=12).hexdigest()}"'

    def finalize_response(self, request, response, *args, **kwargs):
        response = super().finalize_response(request, response, *args, **kwargs)
        for name, value in (self.rate.headers if self.rate else {}).items():
            response.headers[name] = value
        patch_vary_headers(response, ["Accept"])
        if response.status_code < 400:
            patch_cache_control(response, public=True, max_age=FRESH)
        else:
            response.headers["Cache-Control"] = "no-store"
        return response

    @property
    def site(self):
        """ "https://portal.example", before paths in rows."""
        return self.request.build_absolute_uri("/").rstrip("/")
