"""What a request says of its own letters, looked at before Django makes its request object of it.

Django takes any codec that Python has for a charset, "rot13" and "undefined" too, and the error comes out where no
error page can be drawn any more.
"""

import codecs

from django.utils.http import parse_header_parameters

# UTF-8 is what our pages ask for; the others are what old programs in Poland write.
CHARSETS = {"utf-8", "ascii", "iso8859-1", "iso8859-2", "cp1250", "cp1252"}
UNREADABLE = "portal.unreadable_content_type"


def without_unreadable(application):
    """A WSGI application that sees no Content-Type it could not read: that is taken away and noted as UNREADABLE."""

    def checking(environ, start_response):
        if not _is_readable(environ.get("CONTENT_TYPE", "")):
            environ["CONTENT_TYPE"] = ""
            environ[UNREADABLE] = True
        return application(environ, start_response)

    return checking


def _is_readable(header):
    try:
        charset = parse_header_parameters(header)[1].get("charset")
        return charset is None or codecs.lookup(charset).name in CHARSETS
    except (LookupError, ValueError):
        return False
