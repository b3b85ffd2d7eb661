"""JSON as it is, without a page to browse: /api/v1/docs/ is that page, and nothing here needs a script."""

from rest_framework.renderers import JSONRenderer
from rest_framework.utils import encoders, json


class Json(JSONRenderer):
    def render(self, data, accepted_media_type=None, renderer_context=None):
        """Bytes in UTF-8. Rows are plain values already, so no settings of a request are looked at."""
        if data is None:
            return b""
        text = json.dumps(data, cls=encoders.JSONEncoder, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
        # They end lines in JavaScript (as DRF does it).
        return text.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029").encode()
