"""Log files that grow, as lines with a name before each."""

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO, Final

LOOK_EVERY_S: Final = 0.2
READ_BYTES_MAX: Final = 65_536
"""Read of one file at a time; the rest in the next pass. A line is cut where it is longer."""


class LogTail:
    """Tells what is added to the ``*.log`` files of a folder, from when it was made on; files may come later."""

    def __init__(self, folder: Path, show: Callable[[str, str], None]) -> None:
        """``show(name, line)`` is called for each line, in the order of its file."""
        self._folder = folder
        self._show = show
        self._read = {path: path.stat().st_size for path in folder.glob("*.log")}
        self._rest: dict[Path, bytes] = {}

    async def follow(self) -> None:
        """Until cancelled."""
        while True:
            self.look()
            await asyncio.sleep(LOOK_EVERY_S)

    def look(self) -> None:
        """Tell what was added since the last look."""
        for path in sorted(self._folder.glob("*.log")):
            with path.open("rb") as file:
                self._read_on(path, file)

    def _read_on(self, path: Path, file: BinaryIO) -> None:
        file.seek(self._read.get(path, 0))
        added = file.read(READ_BYTES_MAX)
        self._read[path] = file.tell()
        *lines, rest = (self._rest.get(path, b"") + added).split(b"\n")
        if len(rest) >= READ_BYTES_MAX:
            lines, rest = [*lines, rest], b""
        self._rest[path] = rest
        for line in lines:
            self._show(path.stem, line.decode(errors="replace"))
