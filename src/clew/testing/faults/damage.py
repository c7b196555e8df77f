"""What may have become of stored sessions meanwhile: spoiled, cut, written by a later release, brought back older."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import replace

from clew.sessions.ids import GameId, Owner
from clew.sessions.records import StoredEntry
from clew.testing.memory.store import MemoryStore


class Backup:
    """All of a store as it is now, to be brought back later: a restored backup, or a standby that lagged behind."""

    def __init__(self, store: MemoryStore) -> None:
        self._kept = store.kept
        self._then = {name: deepcopy(value) for name, value in vars(store.kept).items() if name != "clock"}

    def bring_back(self) -> None:
        """Whatever was written since is gone. Twice is the same again."""
        for name, value in self._then.items():
            setattr(self._kept, name, deepcopy(value))


def spoil(store: MemoryStore, game_id: GameId) -> None:
    """Make the session's stored state unreadable."""
    row = store.kept.rows[game_id]
    row.stored = replace(row.stored, state=b"spoiled")


def store_as_newer(store: MemoryStore, game_id: GameId) -> None:
    """As if a newer release had written the session's state."""
    row = store.kept.rows[game_id]
    row.stored = replace(row.stored, state_version=row.stored.state_version + 1)


def cut_out(store: MemoryStore, game_id: GameId) -> StoredEntry:
    """Lose the second entry of the session's journal."""
    return store.kept.rows[game_id].entries.pop(1)


def put_in(store: MemoryStore, game_id: GameId, entry: StoredEntry) -> None:
    """Find it again."""
    store.kept.rows[game_id].entries.insert(1, entry)


def forget_clock(store: MemoryStore, owner: Owner) -> None:
    """As if this life were of a release that says nothing of its clock."""
    life = store.kept.lives[owner]
    life.beat = replace(life.beat, clock_offset_ms=None)
