"""A PostgreSQL that follows another one by streaming, falls behind when a test says so, and is promoted."""

import os
import subprocess
import tempfile
from pathlib import Path
from typing import Final

from clew.local.postgres import NOBODY, SUPERUSER, LocalPostgres, as_nobody, binaries_here
from clew.local.process import free_port
from tests.kit.cluster import wait_for
from tests.kit.postgres import run

PROMOTED_WITHIN_S: Final = 20


class Standby:
    """Asynchronous: the primary waits for nobody."""

    def __init__(self, primary: LocalPostgres) -> None:
        """A copy of a primary that runs on a port, made while it is written to."""
        home = Path(tempfile.mkdtemp(prefix="minotaur-pg-"))
        if os.geteuid() == 0:
            os.chown(home, NOBODY, NOBODY)
        way = f"host=127.0.0.1 port={primary.port} user={SUPERUSER}"
        command = [binaries_here() / "pg_basebackup", "-D", home / "data", "-d", way, "-R", "-X", "stream"]
        subprocess.run([*command, "--checkpoint=fast", "--no-sync"], check=True, capture_output=True, **as_nobody())
        self.primary = primary
        self.server = LocalPostgres(home, port=free_port(), temporary=True)

    def start(self) -> None:
        self.server.start()

    async def wait_caught_up(self) -> None:
        """Until it has all that the primary has written by now."""
        ((written,),) = await run(self.primary.url(), "SELECT pg_current_wal_flush_lsn()::text")

        async def caught_up() -> bool:
            ((replayed,),) = await run(
                self.server.url(), "SELECT coalesce(pg_last_wal_replay_lsn() >= $1::text::pg_lsn, false)", written
            )
            return bool(replayed)

        await wait_for(caught_up)

    async def fall_behind(self) -> None:
        """Hear no more of the primary: what it writes from here on, this server will never have."""
        await run(self.server.url(), "ALTER SYSTEM SET primary_conninfo = ''")
        await run(self.server.url(), "SELECT pg_reload_conf()")

        async def hears_nothing() -> bool:
            return not await run(self.server.url(), "SELECT FROM pg_stat_wal_receiver")

        await wait_for(hears_nothing)

    async def promote(self) -> None:
        """Be the primary."""
        await run(self.server.url(), f"SELECT pg_promote(true, {PROMOTED_WITHIN_S})")
