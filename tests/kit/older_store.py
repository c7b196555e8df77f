"""A store that comes back as it was before: what a restored backup is, or a standby that lagged behind."""

from copy import deepcopy
from typing import Any, cast

from clew.testing.memory.store import MemoryStore

_FORGETS = ("_rows", "_lives", "_users", "_sign_ins", "_setbacks")


class Backup:
    """All of a store in memory as it is now, to be brought back later."""

    def __init__(self, store: MemoryStore) -> None:
        self._store = cast("Any", store)
        self._kept = self._copied()

    def bring_back(self) -> None:
        """Whatever was written since is gone. Twice is the same again."""
        holds = self._store._lives._holds
        for name, kept in self._kept.items():
            setattr(self._store, name, deepcopy(kept))
        self._store._lives._holds = holds

    def _copied(self) -> dict[str, Any]:
        lives = self._store._lives
        holds, lives._holds = lives._holds, None  # it is the store's own, and not of the past
        try:
            return {name: deepcopy(getattr(self._store, name)) for name in _FORGETS}
        finally:
            lives._holds = holds
