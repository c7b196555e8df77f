"""When each migration may be applied: while the release before serves, or once no node of it is left.

A file of ``migrations/versions`` says so itself: ``phase = "before"`` is what the release before can live with, and is
run before the new code; ``phase = "after"`` is run when the last old node is gone. The revision's name says the same:
a step ("0002.1") is ``before``, a generation ("0003") is ``after``.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import takewhile
from pathlib import Path
from typing import Final, Literal, TypeAlias, cast

import sqlalchemy as sa
from alembic.config import Config
from alembic.script import ScriptDirectory

from clew.sessions.cluster.peers import release_key
from clew.sessions.kinds import FIRST_KIND, Reads
from clew.stores.kinds import read_reads
from clew.stores.schema.revision import ThisRelease

FOLDER: Final = Path(__file__).parent / "migrations"

Phase: TypeAlias = Literal["before", "after"]

_NOW: Final = "floor(extract(epoch FROM clock_timestamp()) * 1000)"
_LIVING: Final = f"""
SELECT node_id, release, state_version_max, to_jsonb(nodes) ->> 'kinds' FROM nodes
WHERE lease_expires_at > {_NOW} ORDER BY node_id, incarnation"""
"""A schema that is to be migrated may not have the kinds yet."""


@dataclass(frozen=True, slots=True)
class Migration:
    """One file of the folder. ``phase`` is None where the file does not say."""

    revision: str
    phase: Phase | None


def migrations_in(folder: Path) -> list[Migration]:
    """All of them, the oldest first."""
    script = ScriptDirectory.from_config(config_of(folder))
    known = [
        Migration(one.revision, cast("Phase | None", getattr(one.module, "phase", None)))
        for one in script.walk_revisions()
    ]
    return known[::-1]


def config_of(folder: Path) -> Config:
    """How Alembic is told of a folder; in its configuration % begins a placeholder."""
    config = Config()
    config.set_main_option("script_location", str(folder).replace("%", "%%"))
    return config


def missing_after(found: str | None, known: Sequence[Migration]) -> Sequence[Migration]:
    """What a schema of this revision, which is one of the known ones, is missing. None: it is empty."""
    revisions = [one.revision for one in known]
    return known if found is None else known[revisions.index(found) + 1 :]


def leading_before(missing: Iterable[Migration]) -> list[Migration]:
    """Those that come before the first ``after``: all that the release before can live with."""
    return list(takewhile(lambda one: one.phase == "before", missing))


def older_nodes(connection: sa.Connection, serving: ThisRelease) -> list[str]:
    """Living nodes of an older release than this one, by its label or by the states it reads, in words.

    What they read of games that this release does not have says nothing.

    A label may lie: who goes back to an older release gives it a higher label, so that it is handed sessions.
    """
    rows = connection.exec_driver_sql(_LIVING).all()
    lives = [(node_id, release, read_reads(newest, kinds)) for node_id, release, newest, kinds in rows]
    return [
        f"{node_id} ({release}, reads {_in_words(reads)})"
        for node_id, release, reads in lives
        if release_key(release) < release_key(serving.release)
        or any(reads.get(kind, state_version) < state_version for kind, state_version in serving.reads.items())
    ]


def _in_words(reads: Reads) -> str:
    if list(reads) == [FIRST_KIND]:
        return f"state v{reads[FIRST_KIND]}"
    return ", ".join(f"{kind} state v{newest}" for kind, newest in sorted(reads.items()))
