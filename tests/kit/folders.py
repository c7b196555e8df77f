"""A server whose data folder goes, and whose backup takes its place: at the same address, in another folder."""

import asyncio
import shutil
import sys
from asyncio.subprocess import PIPE
from pathlib import Path

from clew.wiring.secret import KEY_FILE
from tests.kit.server import Server, free_port


class Folders:
    """One address, whichever folder is served there."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.port = free_port()
        self.server = self._server("first")
        self.backup = home / "backup.db"

    async def take_backup(self) -> None:
        await minotaur("backup", self.backup, "--data", self.server.data)

    async def lose_and_restore(self, name: str) -> None:
        """The server is killed, and another folder is served in its place."""
        await self.server.kill()
        await minotaur("restore", self.backup, "--data", self.home / name)
        shutil.copy2(self.server.data / KEY_FILE, self.home / name)  # a backup does not hold it
        self.server = self._server(name)
        await self.server.start()

    def _server(self, name: str) -> Server:
        return Server(self.home / name, "--rate-limits", "off", port=self.port)


async def minotaur(*arguments: object) -> None:
    """Run a command of the program to its end."""
    command = (sys.executable, "-m", "minotaur", *map(str, arguments))
    process = await asyncio.create_subprocess_exec(*command, stdout=PIPE, stderr=PIPE)
    _, said = await process.communicate()
    assert process.returncode == 0, said.decode()
