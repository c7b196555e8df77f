"""Games and users out of one database and into another, through a file that only its owner may read."""

from collections.abc import Awaitable, Callable, Generator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, TypeAlias, cast

from clew.sessions.ids import GameId
from clew.stores.folder import DataFolder
from clew.stores.lock import DataInUse
from clew.stores.moving.format import BadExport, MovedCounts
from clew.wiring.clock import RealClock, refuse_wrong_clock
from clew.wiring.files import refused_by_the_system, whole_file
from clew.wiring.operating import CannotOperate, Where, find_session, open_operators, refused_in_one_line

Progress: TypeAlias = Callable[[int], None]
"""Told how many bytes of the file are done, again and again."""


async def export_games(source: Where, path: Path, progress: Progress) -> MovedCounts:
    """Write everything to a new file, on disk and whole once it has its name. Raises ``CannotOperate``: no file then.

    A data folder must not be served meanwhile. A database may be, but what happens in it later is not in the file.
    """
    from clew.stores.moving.moving import export_to  # noqa: PLC0415 - SQLAlchemy is a good part of a start

    refuse_wrong_clock(RealClock(), CannotOperate)

    async def write(file: BinaryIO) -> MovedCounts:
        return await export_to(
            cast("BinaryIO", _Counted(file, progress)), source.data.program, _place(source), RealClock().now()
        )

    return await _written(path, write)


async def export_session(source: Where, named: str, path: Path) -> tuple[GameId, MovedCounts]:
    """Write one game, found by its id or join code, to such a file, beside whoever serves it. Raises ``CannotOperate``.

    It is as it is stored, whatever is wrong with it. ``import_games`` reads it.
    """
    from clew.stores.moving.moving import export_session_to  # noqa: PLC0415 - as above

    refuse_wrong_clock(RealClock(), CannotOperate)
    async with open_operators(source, orders=False) as store:
        game_id = (await find_session(store, named)).game_id

    async def write(file: BinaryIO) -> MovedCounts:
        return await export_session_to(file, source.data.program, _place(source), game_id, RealClock().now())

    return game_id, await _written(path, write)


async def _written(path: Path, write: Callable[[BinaryIO], Awaitable[MovedCounts]]) -> MovedCounts:
    """What this writes to a new file, which has its name once it is whole."""
    with refused_in_one_line(), _refused_in_use(), whole_file(path) as unfinished, unfinished.open("wb") as file:
        try:
            return await write(file)
        except BadExport as large:
            raise CannotOperate(str(large)) from large


async def import_games(path: Path, target: Where, progress: Progress) -> MovedCounts:
    """Read what ``export_games`` wrote: all of it, or nothing. Raises ``CannotOperate``.

    Open games go on once a node serves from there, with the time since the export given back to the clocks.
    """
    from clew.stores.moving.moving import import_from  # noqa: PLC0415 - as above
    from clew.stores.moving.rows import Clash  # noqa: PLC0415

    with refused_in_one_line(), _refused_in_use(), refused_by_the_system(path), path.open("rb") as file:
        try:
            return await import_from(cast("BinaryIO", _Counted(file, progress)), _place(target))
        except BadExport as bad:
            raise CannotOperate(f"{path}: {bad}; nothing was imported") from bad
        except Clash as clash:
            raise CannotOperate(f"{clash}; nothing was imported") from clash


def _place(where: Where) -> DataFolder | str:
    return where.data if where.database_url is None else where.database_url


@contextmanager
def _refused_in_use() -> Generator[None]:
    try:
        yield
    except DataInUse as taken:
        raise CannotOperate(f"{taken}: stop it first, so that nothing is played meanwhile") from taken


class _Counted:
    """A file whose reader or writer is watched."""

    def __init__(self, file: BinaryIO, progress: Progress) -> None:
        self._file = file
        self._progress = progress
        self._done = 0

    def write(self, data: bytes) -> int:
        self._count(len(data))
        return self._file.write(data)

    def readline(self, limit: int = -1) -> bytes:
        line = self._file.readline(limit)
        self._count(len(line))
        return line

    def read(self, limit: int = -1) -> bytes:
        data = self._file.read(limit)
        self._count(len(data))
        return data

    def _count(self, more: int) -> None:
        self._done += more
        self._progress(self._done)
