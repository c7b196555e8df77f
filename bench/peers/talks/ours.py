"""What Minotaur speaks (docs/spec/PROTOCOL.md), and what of it a journal keeps."""

import json
import sqlite3
from collections import Counter
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Final

import httpx

from bench.kit.lean_socket import TEXT, LeanSocket
from bench.kit.load import PLAN
from bench.peers.talks.talk import SEATS, Seat, greeted
from clew.client.guest import Guest
from clew.stores.postgres.connections import connect

ENTRIES: Final = "SELECT game_id, event FROM game_events"
Journal = Callable[[], Awaitable[Iterable[tuple[str, str]]]]
"""All entries of all games: whose, and what they say."""


class OurTalk:
    """To ``minotaur serve``. What is kept is read past the server, from the journal."""

    kind = TEXT
    ping = pong = b""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal

    async def make_room(self, http: httpx.AsyncClient, url: str, number: int) -> Sequence[Seat]:
        guests = [await Guest.sign_in(url, f"Load {seat}", http) for seat in range(SEATS)]
        made = await guests[0].create_game(seats=SEATS, bots=0, round_seconds=86_400, preset="labyrinth", seed=number)
        code, game = made["join_code"], str(made["game_id"])
        for guest in guests[1:]:
            await guest.join(code)
        await guests[0].start(code)
        path = f"/api/v1/games/{code}/socket?changes=1"  # as both of our clients ask
        return [Seat(game, seat, path, guest.token) for seat, guest in enumerate(guests)]

    async def enter(self, http: httpx.AsyncClient, url: str, seat: Seat, *, again: bool = False) -> LeanSocket:
        socket, _ = await greeted(url, seat.path, seat.token)
        return socket

    def action(self, seat: Seat, number: int) -> bytes:
        return (PLAN % (number, 1 if number % 2 else -1)).encode()

    def is_answer(self, frame: bytes, seat: Seat, number: int) -> bool:
        assert not frame.startswith(b'{"type":"refused"'), frame
        return frame.startswith(b'{"type":"accepted"')

    async def kept(self, http: httpx.AsyncClient, url: str, seats: Sequence[Seat]) -> Mapping[str, int]:
        kept = Counter[str]()
        for game, text in await self._journal():
            entry = json.loads(text)
            if entry["event"]["type"] == "plan_accepted":
                kept[f"{game}/{int(entry['event']['player_id'].removeprefix('p')) - 1}"] += 1
        return kept


def journal_in_file(path: Path) -> Journal:
    async def read() -> Iterable[tuple[str, str]]:
        with closing(sqlite3.connect(path)) as database:
            return database.execute(ENTRIES).fetchall()

    return read


def journal_in_postgres(url: str) -> Journal:
    async def read() -> Iterable[tuple[str, str]]:
        connection = await connect(url, "bench")
        try:
            return [(str(game), str(text)) for game, text in await connection.fetch(ENTRIES)]
        finally:
            connection.terminate()

    return read
