"""Every store adapter, for the exams that all of them sit."""

from collections.abc import Callable, Generator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from minotaur.stores.memory import MemoryStore
from minotaur.stores.sqlite import SqliteStore, open_data

AnyStore = MemoryStore | SqliteStore
OpenStore = Callable[[Path], AbstractContextManager[AnyStore]]


@contextmanager
def open_memory(folder: Path) -> Generator[AnyStore]:
    del folder
    yield MemoryStore()


@contextmanager
def open_sqlite(folder: Path) -> Generator[AnyStore]:
    with open_data(folder) as store:
        yield store


ADAPTERS: dict[str, OpenStore] = {"memory": open_memory, "sqlite": open_sqlite}
