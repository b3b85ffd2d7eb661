"""What may stand in the log: an address that opens somebody's page is a key, and keys are not written down."""

import logging
import re

# As django.core.signing writes a token: data, moment, signature (an HMAC-SHA256 of 43 signs).
_TOKEN = re.compile(r"[\w.-]+:[0-9A-Za-z]{4,10}:[\w-]{43}")
HIDDEN = "(odsyłacz)"


class WithoutTokens(logging.Filter):
    """Takes signed tokens out of a record. The record stays."""

    def filter(self, record):
        said = record.getMessage()
        if _TOKEN.search(said):
            record.msg, record.args = _TOKEN.sub(HIDDEN, said), ()
        return True
