"""How addresses, channels and feeds are written in NATS subjects."""

from __future__ import annotations

from functools import lru_cache
from urllib.parse import quote, unquote

from clew.buses.bounds import NAME_BYTES_MAX

_KEPT_MAX = 65_536
"""Names kept as they are written; one more, and the one not used for longest is written anew when it comes."""


class Subjects:
    """All subjects of one cluster of a program's nodes; two clusters on one broker have different names and never meet.

    A broker's permissions need to grant no more than to publish to and subscribe to ``PROGRAM.v1.NAME.>``.
    """

    def __init__(self, program: str, cluster: str) -> None:
        self.root = f"{written(program)}.v1.{written(cluster)}"

    def address(self, address: str) -> str:
        return f"{self.root}.ask.{written(address)}"

    def feed(self, channel: str, feed: str) -> str:
        return f"{self.root}.feed.{written(channel)}.{written(feed)}"

    def feeds(self, channel: str) -> str:
        return f"{self.root}.feed.{written(channel)}.*"


@lru_cache(maxsize=_KEPT_MAX)
def written(name: str) -> str:
    """A name as one token of a subject: no dots, blanks or wildcards, and never empty."""
    token = quote(name, safe="").replace(".", "%2E") or "%"
    assert len(token) <= NAME_BYTES_MAX, "names are short"
    return token


@lru_cache(maxsize=_KEPT_MAX)
def read(written_name: str) -> str:
    """The name that was written so."""
    return "" if written_name == "%" else unquote(written_name)
