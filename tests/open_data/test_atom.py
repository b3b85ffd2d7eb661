"""Every feed of the portal is Atom as RFC 4287 wants it; feeds written tomorrow are found in the URL table."""

import re
from datetime import datetime
from urllib.parse import urlsplit

import pytest
from defusedxml import ElementTree

from tests.open_data.region import region
from tests.open_data.walk import patterns
from tests.registry.factories import OrganisationFactory

pytestmark = pytest.mark.django_db
ATOM, XML = "{http://www.w3.org/2005/Atom}", "{http://www.w3.org/XML/1998/namespace}"
FEEDS = sorted(f"/{route}" for route in patterns() if route.endswith("atom.xml") and "<" not in route)
IN_FEED = "author category contributor generator icon id link logo rights subtitle title updated entry".split()
IN_ENTRY = "author category content contributor id link published rights source summary title updated".split()
ONCE = "generator icon id logo rights subtitle title updated content published source summary".split()
# RFC 3339, section 5.6, with capital T and Z as RFC 4287, section 3.3 asks for.
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")


def faults(content):
    """What of RFC 4287 a feed breaks, in words."""
    tree = ElementTree.fromstring(content)
    found = [f"root is {tree.tag}"] if tree.tag != f"{ATOM}feed" else []
    entries = tree.findall(f"{ATOM}entry")
    has_author = tree.find(f"{ATOM}author") is not None
    found += _of_element(tree, IN_FEED, "feed")
    links = {link.get("rel", "alternate"): link.get("href") for link in tree.findall(f"{ATOM}link")}
    found += [] if "self" in links else ["feed: no link to itself (4.1.1)"]
    for entry in entries:
        found += _of_element(entry, IN_ENTRY, "entry")
        alternate = [link for link in entry.findall(f"{ATOM}link") if link.get("rel", "alternate") == "alternate"]
        if entry.find(f"{ATOM}content") is None and not alternate:
            found.append("entry: neither content nor an alternate (4.1.2)")
        if not has_author and entry.find(f"{ATOM}author") is None:
            found.append("entry: no author anywhere (4.1.2)")
    ids = [entry.findtext(f"{ATOM}id") for entry in entries]
    found += ["entries share an id (4.2.6)"] if len(ids) != len(set(ids)) else []
    return found


def _of_element(element, allowed, name):
    children = [child.tag.removeprefix(ATOM) for child in element if child.tag.startswith(ATOM)]
    for one in set(children) - set(allowed):
        yield f"{name}: {one} may not stand here"
    for one in ONCE:
        if children.count(one) > 1:
            yield f"{name}: {one} stands there twice"
    for one in ("id", "title", "updated"):
        if not (element.findtext(f"{ATOM}{one}") or "").strip():
            yield f"{name}: {one} is missing"
    for author in element.findall(f"{ATOM}author"):
        if not author.findtext(f"{ATOM}name"):
            yield f"{name}: an author without a name (3.2.1)"
    for one in ("updated", "published"):
        moment = element.find(f"{ATOM}{one}")
        if moment is not None and not _is_moment(moment.text):
            yield f"{name}: {one} is no moment: {moment.text}"
    if not urlsplit(element.findtext(f"{ATOM}id") or "").scheme:
        yield f"{name}: id is no IRI (4.2.6.1)"
    yield from _links(element, name)
    for one in ("title", "summary", "subtitle", "content"):
        text = element.find(f"{ATOM}{one}")
        if text is not None and text.get("type", "text") in ("text", "html") and len(text):
            yield f"{name}: {one} has elements inside (3.1.1)"
        if text is not None and text.get("type", "text") == "text" and re.search(r"&\w+;|</?\w+>", text.text or ""):
            yield f"{name}: {one} shows its markup"


def _links(element, name):
    told = set()
    for link in element.findall(f"{ATOM}link"):
        parts = urlsplit(link.get("href", ""))
        if not (parts.scheme in ("http", "https") and parts.netloc):
            yield f"{name}: a link leads nowhere: {link.attrib}"
        key = (link.get("rel", "alternate"), link.get("type"), link.get("hreflang"))
        if key[0] == "alternate" and key in told:
            yield f"{name}: two alternates of one kind (4.1.1)"
        told.add(key)


def _is_moment(text):
    if not MOMENT.fullmatch(text or ""):
        return False
    datetime.fromisoformat(text)
    return True


def test_the_walk_finds_the_feeds():
    assert set(FEEDS) >= {"/katalog/atom.xml", "/zamowienia/atom.xml", "/wydarzenia/atom.xml"}


def test_every_feed_is_valid_with_entries_and_without(client):
    for address in FEEDS:
        assert faults(client.get(address).content) == [], address
    region()
    for address in FEEDS:
        response = client.get(f"{address}?page=1")
        assert response.headers["Content-Type"].startswith("application/atom+xml"), address
        assert faults(response.content) == [], address
        tree = ElementTree.fromstring(response.content)
        assert tree.get(f"{XML}lang") == "pl", address
        own = [link.get("href") for link in tree.findall(f"{ATOM}link") if link.get("rel") == "self"]
        assert own == [f"http://testserver{address}?page=1"], address
    assert len(ElementTree.fromstring(client.get("/katalog/atom.xml").content).findall(f"{ATOM}entry")) == 2


DAMAGES = [
    (r"<id>[^<]*</id>", ""),
    (r"<updated>[^<]*</updated>", "<updated>wczoraj</updated>"),
    (r"<author>.*?</author>", ""),
    (r'rel="self"', 'rel="related"'),
    (r'href="http://testserver/katalog/', 'href="/katalog/'),
    (r"<title>[^<]*</title>", "<title></title>"),
]


def test_the_check_finds_each_fault(client):
    OrganisationFactory(published=True)
    content = client.get("/katalog/atom.xml").content.decode()
    assert faults(content) == []
    for whole, damaged in DAMAGES:
        broken = re.sub(whole, damaged, content)
        assert broken != content
        assert faults(broken) != [], whole
