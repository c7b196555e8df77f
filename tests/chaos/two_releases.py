"""Two releases on one cluster: which node runs which, what is stored of a game, and what a player is told of it.

What is stored is read past every node and as text, so that "untouched" means every byte.
"""

import asyncio
import json
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any, Final

import httpx
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed
from websockets.typing import Subprotocol

from clew.client.bounds import CALL_TIMEOUT_S
from tests.chaos.fleet import GATE, Fleet
from tests.kit.client import SUBPROTOCOL, Person
from tests.kit.cluster import cluster_in, wait_for
from tests.kit.moves import moves
from tests.kit.postgres import run
from tests.kit.record import Message
from tests.kit.releases import Release

WITHIN_S: Final = 30.0
WAITS: Final = "sessions_wait_for_a_newer_release"

_ROWS: Final = """
SELECT 'row', 0, s::text FROM game_session_summaries AS s WHERE game_id = $1
UNION ALL SELECT 'entry', e.seq, e::text FROM game_events AS e WHERE game_id = $1
UNION ALL SELECT 'player', p.id, p::text FROM player_game_session_summaries AS p
    JOIN game_session_summaries AS s ON s.id = p.game_session_id WHERE s.game_id = $1
ORDER BY 1, 2"""

_OPEN: Final = "SELECT game_id, state_version FROM game_session_summaries WHERE game_status IN ('lobby', 'active')"
_ASIDE: Final = "SELECT game_id, quarantine_reason FROM game_session_summaries WHERE game_status = 'quarantined'"


@dataclass(frozen=True)
class Told:
    """What somebody is told who asks for a game: over HTTP, and by a new socket that is closed."""

    status: int
    code: str
    retry_after: str | None
    socket_code: str | None
    closed_with: int | None


WAIT_TOLD: Final = Told(503, "busy", "5", "busy", 1013)
"""Of a game that waits for a release which can read it."""


class Pair:
    """A fleet in which some nodes run the release before and some this one; at first all run the former."""

    def __init__(self, fleet: Fleet, old: Release, new: Release) -> None:
        self.fleet = fleet
        self.old = old
        self.new = new
        self.old_names = {GATE}
        self._labels = 0

    @property
    def url(self) -> str:
        """The database."""
        return self.fleet.cluster.url

    @property
    def upgrades(self) -> bool:
        """Whether this release writes states that the one before can't read."""
        return self.new.facts.state_version > self.old.facts.state_version

    def newest_label(self) -> str:
        """What a node calls its release that is to be given games, whatever it runs."""
        self._labels += 1
        return f"{self.new.version}+{self._labels}"

    async def add(self, program: Release, label: str | None = None) -> str:
        """One more host in service, of that release, under its own version's name or another; its name."""
        name = await self.fleet.add_host(label, program)
        if program is self.old:
            self.old_names.add(name)
        return name

    async def swap_gate(self, program: Release, label: str | None) -> None:
        """A gateway of that release takes the place of the one there is."""
        code = await self.fleet.swap_gate(label, program)
        assert code == 0, f"the gateway ended with {code}"
        if program is self.old:
            self.old_names.add(self.fleet.gate)

    def olds(self) -> list[str]:
        """The hosts in service that run the release before."""
        return [name for name in self.fleet.hosts if name in self.old_names]

    def news(self) -> list[str]:
        """Those that run this release."""
        return [name for name in self.fleet.hosts if name not in self.old_names]

    async def told(self, release: Release, *arguments: str) -> str:
        """What a command of one of the releases says that goes well, on this database."""
        return await asyncio.to_thread(release.told, *arguments, "--database-url", self.url)

    # --- what the database says --------------------------------------------------------------------------------------

    async def rows(self, game_id: str) -> list[tuple[Any, ...]]:
        """Everything that is stored of a game."""
        return await run(self.url, _ROWS, game_id)

    async def versions(self) -> dict[str, int]:
        """The state version of each open game."""
        return {str(game_id): int(version) for game_id, version in await run(self.url, _OPEN)}

    async def upgraded(self) -> set[str]:
        """The open games that the release before can't read any more."""
        return {game_id for game_id, version in (await self.versions()).items() if self._is_beyond_old(version)}

    async def revision(self) -> str:
        """The schema's."""
        ((found,),) = await run(self.url, "SELECT version_num FROM alembic_version")
        return str(found)

    async def wrongs(self) -> list[str]:
        """What nodes of the release before took though they can't read it, and what was put aside."""
        taken = [
            f"{move.owner} took {move.game_id} at state version {move.state_version}"
            for move in await moves(self.url)
            if move.node in self.old_names and self._is_beyond_old(move.state_version)
        ]
        return taken + [f"{game_id} was put aside: {reason}" for game_id, reason in await run(self.url, _ASIDE)]

    def _is_beyond_old(self, state_version: int) -> bool:
        return state_version > self.old.facts.state_version

    # --- what nodes say ----------------------------------------------------------------------------------------------

    def logged(self, name: str, message: str) -> list[Message]:
        """Such lines of a node's log so far."""
        return [line for line in self.fleet.server(name).logged() if line["message"] == message]

    async def wait_logged(self, name: str, message: str) -> Message:
        """The last such line of a node's log, once there is one."""

        async def is_there() -> bool:
            return bool(self.logged(name, message))

        await wait_for(is_there, WITHIN_S)
        return self.logged(name, message)[-1]

    async def ask(self, name: str, person: Person, path: str) -> httpx.Response:
        """A question put to one node, its answer as it is."""
        headers = {"Authorization": f"Bearer {person.token}"}
        async with httpx.AsyncClient(timeout=CALL_TIMEOUT_S, headers=headers) as http:
            return await http.get(f"{self.fleet.server(name).url}/api/v1/games/{path}")

    async def what_is_told(self, name: str, person: Person, join_code: str) -> Told:
        """What a node says to somebody who asks for a game, and who wants to play on."""
        answer = await self.ask(name, person, join_code)
        error: Message = answer.json().get("error", {"code": ""})
        socket_code, closed_with = await self._try_socket(name, person, join_code)
        retry_after = answer.headers.get("retry-after")
        return Told(answer.status_code, str(error["code"]), retry_after, socket_code, closed_with)

    async def _try_socket(self, name: str, person: Person, join_code: str) -> tuple[str | None, int | None]:
        url = f"{self.fleet.server(name).url.replace('http', 'ws', 1)}/api/v1/games/{join_code}/socket"
        headers = {"Authorization": f"Bearer {person.token}"}
        code: str | None = None
        async with connect(
            url, subprotocols=[Subprotocol(SUBPROTOCOL)], additional_headers=headers, proxy=None
        ) as socket:
            try:
                message: Message = json.loads(await socket.recv())
                if message["type"] != "error":
                    return None, None
                code = str(message["error"]["code"])
                await socket.recv()
            except ConnectionClosed as closed:
                return code, None if closed.rcvd is None else closed.rcvd.code
        return code, None


@asynccontextmanager
async def pair_in(folder: Path, seed: int, old: Release, new: Release) -> AsyncGenerator[Pair]:
    """Two hosts and a gateway of the release before, on a schema that it made; until the end of the block."""

    async def migrate(url: str) -> None:
        await asyncio.to_thread(old.told, "migrate", "--database-url", url)

    async with cluster_in(folder, migrate=migrate) as cluster:
        pair = Pair(Fleet(cluster, Random(seed)), old, new)
        await pair.fleet.start(2, None, old)
        pair.old_names.update(pair.fleet.hosts)
        yield pair
