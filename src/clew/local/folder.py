"""The folder of a cluster on this machine: what lies where, and whether everybody in it can live there."""

import os
import stat
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from clew.stores.folder import lock_in
from clew.wiring.faults import CannotStart
from clew.wiring.settings import default_data_folder

SOCKET_PATH_BYTES_MAX: Final = 103
"""The path of a socket may be no longer, on any system."""
_LONGEST: Final = "postgres/.s.PGSQL.5432"
_ENTERED_BY_OTHERS: Final = 0o711
_OWNER_ONLY: Final = 0o700
ROOTS: Final = Path("/var/tmp")  # noqa: S108 - whose folder lies there is checked


@dataclass(frozen=True)
class ClusterFolder:
    """Where a program's cluster keeps its databases, its key and its logs."""

    top: Path
    program: str

    @property
    def lock(self) -> Path:
        return lock_in(self.top, self.program)

    @property
    def postgres(self) -> Path:
        return self.top / "postgres"

    @property
    def nats(self) -> Path:
        return self.top / "nats"

    @property
    def logs(self) -> Path:
        return self.top / "logs"

    @property
    def control(self) -> Path:
        """The socket that the commands speak to a running cluster through."""
        return self.top / "control"

    def make(self) -> None:
        """Make what is missing. Raises ``CannotStart`` where somebody could not live in it."""
        try:
            self.top.mkdir(mode=_OWNER_ONLY, parents=True, exist_ok=True)
            if self.top.stat().st_uid != os.geteuid():
                raise CannotStart(f"{self.top} belongs to somebody else. Choose another folder with --folder.")
            self.top.chmod(_ENTERED_BY_OTHERS)
            for private in (self.postgres, self.nats, self.logs):
                private.mkdir(mode=_OWNER_ONLY, exist_ok=True)  # whoever reaches a database here is let in
        except OSError as refused:
            raise CannotStart(f"Cannot keep a cluster in {self.top}: {refused.strerror}.") from refused
        self._check()

    def _check(self) -> None:
        length = len(os.fsencode(self.top / _LONGEST))
        if length > SOCKET_PATH_BYTES_MAX:
            raise CannotStart(
                f"{self.top} is too long a path: its sockets would need {length} bytes of {SOCKET_PATH_BYTES_MAX}."
                " Choose another folder with --folder."
            )
        if os.geteuid() == 0 and not _entered_by_all(self.top):
            raise CannotStart(
                f"PostgreSQL never runs as root, and nobody but root may enter {self.top}."
                f" Choose another folder, like --folder {_for_root(self.program)}."
            )


def default_cluster_folder(program: str) -> Path:
    """Beside the data folder; for root, whose home nobody else may enter, in a place of its own."""
    folder = default_data_folder(program) / "cluster"
    if sys.platform == "linux" and os.geteuid() == 0 and not _entered_by_all(folder):
        return _for_root(program)
    return folder


def _for_root(program: str) -> Path:
    return ROOTS / f"{program}-cluster"


def _entered_by_all(folder: Path) -> bool:
    """Whether every folder on the way, as far as it exists, may be entered by everybody."""
    return all(path.stat().st_mode & stat.S_IXOTH for path in (folder, *folder.parents) if path.exists())
