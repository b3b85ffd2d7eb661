"""What tests in a browser share: who is signed in, what fits on a phone, and a person with a keyboard alone."""

from django.conf import settings
from django.test import Client

# What has the focus: its name for a person, whether the mark around it is seen, and whether anything lies over it.
FOCUSED = r"""() => {
  const e = document.activeElement, box = e.getBoundingClientRect(), style = getComputedStyle(e);
  const labels = Array.from(e.labels ?? []);
  const top = document.elementFromPoint(box.left + Math.min(box.width / 2, 20), box.top + box.height / 2);
  return {
    name: [e.tagName, ...labels.map((one) => one.innerText), e.innerText || e.value].join(" ").replace(/\s+/g, " "),
    marked: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
    seen: Boolean(top) && [e, ...labels].some((one) => one.contains(top) || top.contains(one)),
  };
}"""


def signed_in(page, user, live_server):
    """The page as this person sees it; a form filled in would cost a page more in every test."""
    client = Client()
    client.force_login(user, settings.AUTHENTICATION_BACKENDS[0])
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live_server.url}])
    return page


def fits(page):
    """Nothing stands out at the right side of a phone."""
    page.set_viewport_size({"width": 320, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320, page.url
    page.set_viewport_size({"width": 1280, "height": 800})


def reach(page, words, *, tag=""):
    """Presses Tab until what is called so has the focus; on the way everything has its mark and is seen."""
    for _ in range(80):
        page.keyboard.press("Tab")
        focused = page.evaluate(FOCUSED)
        assert focused["marked"] and focused["seen"], focused  # noqa: PT018
        if words in focused["name"] and focused["name"].startswith(tag):
            return
    raise AssertionError(f"{words}: not reached on {page.url}")


def follow(page, words, *, tag="", key="Enter"):
    """Reaches it, presses it, and waits for the page it leads to."""
    reach(page, words, tag=tag)
    with page.expect_navigation():
        page.keyboard.press(key)


def focused(page):
    return page.evaluate(FOCUSED)["name"]
