"""Whole tables as a release stored them, one text file for each version: what later releases must go on reading.

The first line is the fingerprint of what that version looks like, the second the state, and each further line an event.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from clew.game import AnyGame
from clew.tables.codec import TableCodec
from clew.tables.events import AnyEvent
from clew.tables.schema import fingerprint
from clew.tables.table import AnyTable


class Golden(NamedTuple):
    """A table in the middle of a game, and its journal up to there, byte for byte."""

    version: int
    fingerprint: str
    state: bytes
    events: tuple[bytes, ...]


def golden_of(game: AnyGame, table: AnyTable, journal: Sequence[AnyEvent]) -> Golden:
    """What this release stores of it."""
    codec = TableCodec(game)
    events = tuple(codec.encode_event(event) for event in journal)
    return Golden(codec.state_version, fingerprint(game), codec.encode_state(table), events)


def write_golden(folder: Path, golden: Golden) -> Path:
    """Keep it. What stands there of this version is replaced: nobody has released it yet, or nothing has changed."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"version-{golden.version}.txt"
    lines = [golden.fingerprint.encode(), golden.state, *golden.events]
    path.write_bytes(b"".join(line + b"\n" for line in lines))
    return path


def read_goldens(folder: Path) -> list[Golden]:
    """All that is kept, oldest first."""
    return sorted(_read(path) for path in folder.glob("version-*.txt"))


def _read(path: Path) -> Golden:
    said, state, *events = path.read_bytes().splitlines()
    return Golden(int(path.stem.removeprefix("version-")), said.decode(), state, tuple(events))
