"""New files that only their owner may read, and that are whole and on disk once they have their name."""

import errno
import fcntl
import os
from collections.abc import Generator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from clew.wiring.operating import CannotOperate

_OWNER_ONLY: Final = 0o600
_NO_LINKS: Final = frozenset({errno.EPERM, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK})
"""What file systems say that know no second name of a file."""


@contextmanager
def whole_file(path: Path) -> Generator[Path]:
    """The path of an empty file to fill inside the block; after it the file has this name. No file if anything fails.

    Raises ``CannotOperate``: something has the name, another process is about to make it, or the system says no.
    """
    if path.exists():
        raise CannotOperate(f"{path} is there already: choose another name")
    unfinished = path.with_name(f".{path.name}.unfinished")
    with refused_by_the_system(path):
        descriptor = _begun(unfinished)
        try:
            yield unfinished
            os.fsync(descriptor)
            _give_name(unfinished, path)
            sync(path.parent)
        finally:
            unfinished.unlink(missing_ok=True)
            os.close(descriptor)


def sync(path: Path) -> None:
    """Have a file's bytes on disk, or a folder's names."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def refused_by_the_system(path: Path) -> Generator[None]:
    """What the system says no to becomes a ``CannotOperate`` about this path."""
    try:
        yield
    except FileExistsError as there:
        raise CannotOperate(f"{path} is there already: choose another name") from there
    except OSError as refused:
        raise CannotOperate(f"{path}: {refused.strerror or refused}") from refused


def _begun(unfinished: Path) -> int:
    """An empty file that is ours alone; what a process that was killed had begun is thrown away.

    The lock is on the file, not on its name: so between the two it is seen that they still belong together.
    """
    while True:
        with suppress(FileExistsError):
            os.close(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _OWNER_ONLY))
        try:
            descriptor = os.open(unfinished, os.O_RDWR | os.O_NOFOLLOW)
        except FileNotFoundError:
            continue  # whoever held it has just finished
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if os.path.samestat(os.fstat(descriptor), unfinished.stat()):
                os.ftruncate(descriptor, 0)
                os.fchmod(descriptor, _OWNER_ONLY)
                return descriptor
        except BlockingIOError as held:
            os.close(descriptor)
            raise CannotOperate(f"another process is writing {unfinished} just now") from held
        except FileNotFoundError:
            pass
        os.close(descriptor)


def _give_name(unfinished: Path, path: Path) -> None:
    """A link, which unlike a rename never takes the place of another file; where there are none, a careful rename."""
    try:
        os.link(unfinished, path)
    except OSError as refused:
        if refused.errno not in _NO_LINKS:
            raise
        if path.exists():
            raise FileExistsError(path) from refused
        unfinished.rename(path)
