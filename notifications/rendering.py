"""What a letter looks like: one text of its kind, under it who writes; the HTML is made of the same words."""

from django.conf import settings
from django.template import Context
from django.template.loader import get_template, render_to_string

HIDDEN = "[odsyłacz jednorazowy, ukryty]"


def subject_and_body(template, context):
    """The two parts of a letter's file: its first line, and what follows the empty line. Nothing is escaped."""
    text = get_template(f"{template}.txt").template.render(Context(context, autoescape=False))
    subject, _, body = text.strip().partition("\n")
    return " ".join(subject.split())[:200], body.strip() + "\n"


def example(letter):
    """Subject and body with invented values."""
    return subject_and_body(letter.template, letter.example())


def masked(text, secrets):
    """The text without what only its addressee may know. The longest first: one may be the beginning of another."""
    for secret in sorted(secrets, key=len, reverse=True):
        text = text.replace(secret, HIDDEN)
    return text


def as_text(body, *, duty, unsubscribe_url=""):
    return f"{body.rstrip()}\n\n{_render('notifications/letter.txt', duty, unsubscribe_url)}"


def as_html(subject, body, *, duty, unsubscribe_url=""):
    return _render("notifications/letter.html", duty, unsubscribe_url, subject=subject, body=body)


def _render(name, duty, unsubscribe_url, **more):
    context = {
        "portal_name": settings.PORTAL_NAME,
        "operator": settings.OPERATOR["name"],
        "site_url": settings.SITE_URL,
        "duty": duty,
        "unsubscribe_url": unsubscribe_url,
    }
    return render_to_string(name, context | more)
