"""Which schemas this release serves from.

Told without the migrations' machinery, whose loading is a good part of a start. A revision is a generation and, after a
dot, a step in it: "0002", "0002.1", "0002.2", "0003". A step only adds what the release before can live with; what it
can't live with begins a new generation. So two releases can share a database while one replaces the other.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import Final

from clew.sessions.kinds import Reads

NEWEST: Final = "0002.13"
"""The schema of this release: the last of ``migrations/versions``."""
NEEDED: Final = "0002.13"
"""The oldest schema that this release can serve from: the last that is made ``before`` it (``phases``)."""
RELEASE_BEFORE: Final = "0002.1"
"""The newest schema of the release before; what comes later is this release's."""
READABLE_SINCE: Final = "0002"
"""The oldest schema that it can read sessions from, to try them out before anything is migrated."""


class UnknownSchema(Exception):
    """The database was made by a release this one doesn't know: run that release, or a newer one."""


class SchemaBehind(Exception):
    """The database is empty, or of an older release: migrate it, then start."""


class OlderNodes(Exception):
    """Nodes of an older release live, and can't live with what is to be applied. Nothing was changed."""


class TablesInUse(Exception):
    """Try again in a while: somebody has been reading the tables for long, and a migration waits for nobody."""


class Unopenable(Exception):
    """The file is no database, is damaged or is held by something else; the server lets nobody in by this name, or has
    no such database. The message is the driver's.
    """


@dataclass(frozen=True, slots=True)
class Migrated:
    """The schema's revision before and after; None: the database was empty. ``left``: what is still to be applied."""

    before: str | None
    after: str
    left: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ThisRelease:
    """What nodes of this release call themselves, and which states they read."""

    release: str
    reads: Reads


def is_served(found: str) -> bool:
    """Whether this release can serve from a schema of this revision, one it doesn't know included."""
    return _ordered(NEEDED) <= _ordered(found) and not is_beyond(found)


def is_readable(found: str) -> bool:
    """Whether sessions can be read from a schema of this revision, though it may be too old to serve from."""
    return _ordered(READABLE_SINCE) <= _ordered(found) and not is_beyond(found)


def is_beyond(found: str) -> bool:
    """Whether a revision is of a later generation than this release knows: it can't live with that."""
    return _ordered(found)[0] > _ordered(NEWEST)[0]


def is_ahead(found: str) -> bool:
    """Whether a revision is later than this release's newest: there is nothing to migrate."""
    return _ordered(found) > _ordered(NEWEST)


def _ordered(revision: str) -> tuple[int, int]:
    """A revision's generation and step. What is no revision of ours comes after all that are."""
    generation, _, step = revision.partition(".")
    if not generation.isdecimal() or not (step or "0").isdecimal():
        return sys.maxsize, 0
    return int(generation), int(step or "0")
