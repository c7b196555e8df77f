"""A store that comes back as it was before: what a restored backup is, or a standby that lagged behind."""

from copy import deepcopy

from clew.testing.memory.store import MemoryStore


class Backup:
    """All of a store in memory as it is now, to be brought back later."""

    def __init__(self, store: MemoryStore) -> None:
        self._kept = store.kept
        self._then = {name: deepcopy(value) for name, value in vars(store.kept).items() if name != "clock"}

    def bring_back(self) -> None:
        """Whatever was written since is gone. Twice is the same again."""
        for name, value in self._then.items():
            setattr(self._kept, name, deepcopy(value))
