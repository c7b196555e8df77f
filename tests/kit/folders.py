"""A server whose data folder goes, and whose backup takes its place: at the same address, in another folder."""

import shutil
from pathlib import Path

from clew.local.process import free_port
from clew.wiring.secret import KEY_FILE
from tests.kit.commands import printed
from tests.kit.server import OUR_PROGRAM, Server


class Folders:
    """One address, whichever folder is served there; by which command, with what else said to ``serve``."""

    def __init__(self, home: Path, *options: str, command: tuple[str, ...] = OUR_PROGRAM) -> None:
        self.home = home
        self.port = free_port()
        self._options = options
        self._command = command
        self.server = self._server("first")
        self.backup = home / "backup.db"

    async def take_backup(self) -> None:
        await printed("backup", self.backup, "--data", self.server.data, program=self._command)

    async def lose_and_restore(self, name: str) -> None:
        """The server is killed, and another folder is served in its place."""
        await self.server.kill()
        await printed("restore", self.backup, "--data", self.home / name, program=self._command)
        shutil.copy2(self.server.data / KEY_FILE, self.home / name)  # a backup does not hold it
        self.server = self._server(name)
        await self.server.start()

    def _server(self, name: str) -> Server:
        options = (*self._options, "--rate-limits", "off")
        return Server(self.home / name, *options, port=self.port, command=self._command)
