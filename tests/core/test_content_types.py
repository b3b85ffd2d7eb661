"""A request may claim to be written in any letters at all; what nobody can read is the sender's mistake, not ours."""

import io

import pytest

from config.wsgi import application

pytestmark = pytest.mark.django_db  # the start of a request closes old connections, which the tests do not let it


def call(method, path, *, body=b"", **environ):
    """(status, headers, body) of a request as a web server hands it over."""
    told = {}
    environ = {
        "REQUEST_METHOD": method,
        "PATH_INFO": path,
        "QUERY_STRING": "q=kawa",
        "SERVER_NAME": "portal.example",
        "SERVER_PORT": "80",
        "CONTENT_LENGTH": str(len(body)),
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(body),
    } | environ
    response = application(environ, lambda status, headers: told.update(status=int(status[:3]), headers=dict(headers)))
    content = b"".join(response)
    response.close()
    return told["status"], told["headers"], content.decode()


UNREADABLE = [
    "rot13",
    "base64",
    "undefined",
    "punycode",
    "utf-16",
    "nonsense",
    "",
    "a\0b",
    "x" * 10_000,
    "ż".encode().decode("latin-1"),
]


@pytest.mark.parametrize("charset", UNREADABLE)
@pytest.mark.parametrize(
    "pattern", ["text/html; charset={}", 'text/html; charset="{}"', "text/html; CHARSET*=utf-8''{}"]
)
def test_a_charset_that_nobody_writes_in_is_a_bad_request(charset, pattern):
    status, headers, page = call("GET", "/kontakt/", CONTENT_TYPE=pattern.format(charset))
    assert status == 400
    assert "<h1>Nie rozumiemy tego adresu</h1>" in page
    assert "default-src 'none'" in headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    "header", ["a; b*=rot13''c", "a; b*=nonsense''c", "a; b*0*=x", "a; charset*0*=x; charset*1=y"]
)
def test_parameters_in_letters_nobody_knows_are_a_bad_request_or_nothing(header):
    assert call("GET", "/kontakt/", CONTENT_TYPE=header)[0] in (200, 400)


@pytest.mark.parametrize("charset", UNREADABLE)
@pytest.mark.parametrize("kind", ["multipart/form-data; boundary=x", "application/x-www-form-urlencoded"])
def test_nor_does_a_form_in_such_letters_break_anything(charset, kind):
    body = b'--x\r\nContent-Disposition: form-data; name="message"\r\n\r\n\xc5\xbble\r\n--x--\r\n'
    status, _, _ = call("POST", "/katalog/zuraw/zglos-blad/", body=body, CONTENT_TYPE=f"{kind}; charset={charset}")
    assert status == 400


@pytest.mark.parametrize(
    "header",
    ["text/html", "text/html; charset=utf-8", 'a; CHARSET="UTF8"', "a; charset=windows-1250", ";", "", "a;b;;=;"],
)
def test_usual_and_merely_untidy_content_types_are_read(header):
    assert call("GET", "/kontakt/", CONTENT_TYPE=header)[0] == 200
