"""Somebody who follows the feed of changes, and what is needed to let it move."""

from django.db import connection

FEED = "/api/v1/zmiany/"


def settle():
    """What the database does when a transaction ends, within the one of a test."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def path_of(address):
    return "/" + address.split("/", 3)[3]


def told(client, query=""):
    """[(data set, id, change)] of one page."""
    settle()
    return [(one["dataset"], one["id"], one["change"]) for one in client.get(f"{FEED}{query}").json()["results"]]


class Follower:
    """Reads on from where it was; `state` is {(data set, id)} of what lives, `lines` everything it was told."""

    def __init__(self, client, limits):
        self.client, self.limits, self.place = client, limits, ""
        self.state, self.lines = set(), []

    def catch_up(self):
        """Every page there is; returns the lines that are new."""
        new = []
        while True:
            answer = self.client.get(f"{FEED}?limit={next(self.limits)}{self.place}")
            assert answer.status_code == 200, answer.content
            page = answer.json()
            new += page["results"]
            self.place = f"&cursor={page['cursor']}"
            if not page["more"]:
                break
        for one in new:
            key = one["dataset"], one["id"]
            (self.state.discard if one["change"] == "withdrawn" else self.state.add)(key)
        self.lines += new
        return new
