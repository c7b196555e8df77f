"""How a row says which game it is of, so that release 0.2.0 lives beside it (docs/decisions/0103).

That release knows no kinds: it would take any row whose state version it knows, find a state that it can't read, and
quarantine it. So rows of other games than its own say a version by far later than any it knows, and it leaves them
alone, as it does what a later release wrote. A node says what it reads of its game where it looks for that.
"""

from __future__ import annotations

from typing import Any, Final, cast

import msgspec

from clew.sessions.ids import Kind
from clew.sessions.kinds import FIRST_KIND, Reads

OTHERS_RAISED_BY: Final = 1_000_000
"""What the kept state version of another game than the first is above its own."""
READS_NOTHING: Final = -1
"""What a node without the first game says that it reads of it: less than any state has, or a new one is asked for."""

KIND: Final = f"CASE WHEN s.state_version < {OTHERS_RAISED_BY} THEN '{FIRST_KIND}' ELSE s.kind END"
"""In SQL, which game the row ``s`` is of.

The column is asked only where the version leaves it open. It was added last, so on SQLite the way to it leads through
the whole state, and whoever asked it of all rows would have all states in its cache.
"""
RAISED: Final = f"CASE WHEN {KIND} = '{FIRST_KIND}' THEN 0 ELSE {OTHERS_RAISED_BY} END"
"""In SQL, what the kept state version of the row ``s`` is above the game's own."""


def kept_version(kind: Kind, state_version: int) -> int:
    """A state version as the row says it."""
    return state_version if kind == FIRST_KIND else state_version + OTHERS_RAISED_BY


def kept_reads(reads: Reads) -> dict[Kind, int]:
    """The latest kept version that such a node takes, of each kind that it has."""
    return {kind: kept_version(kind, state_version) for kind, state_version in reads.items()}


def written_reads(reads: Reads) -> tuple[int, str]:
    """What a node's row says that it reads: of the first game for every release, and of all its kinds as JSON."""
    return reads.get(FIRST_KIND, READS_NOTHING), msgspec.json.encode(reads, order="deterministic").decode()


def read_reads(state_version_max: int, kinds: str | None) -> Reads:
    """The same, read; a row that names no kinds is of release 0.2.0 or before."""
    if not kinds:
        return {FIRST_KIND: state_version_max}
    return cast("dict[Kind, int]", msgspec.json.decode(kinds, type=dict[str, Any]))
