"""Real games in a store, and ways to spoil what is stored of them: bytes, JSON, entries, numbers of the row."""

import asyncio
import copy
import json
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from random import Random
from typing import Any, Final, cast

import msgspec

from clew.people.ids import JOIN_CODE_ALPHABET
from clew.sessions.ids import GameId
from clew.sessions.ids import PlayerId as SeatId
from clew.sessions.records import StoredEntry
from clew.tables.lobby.commands import Join, Start
from clew.tables.lobby.members import Member, seat_at
from clew.testing.hand_clock import HandClock
from clew.testing.hosts.life import host_of
from clew.testing.memory.rows import Row
from clew.testing.memory.store import MemoryStore, memory_store
from minotaur.play.kind import KIND, match_games
from minotaur.play.match import MatchCreated
from minotaur.play.served import MatchHost
from minotaur.rules.commands import Ready, RegisterPlan, Resign, Wait
from minotaur.rules.names import player_id
from minotaur.rules.settings import Settings, classic, labyrinth
from tests.play.driving import user

ROUND_S: Final = 5
P1: Final = player_id(1)

Rows = dict[GameId, Row]


# --- the games -------------------------------------------------------------------------------------------------------


def code_of(number: int) -> str:
    """The join code of the game with this number."""
    letters = len(JOIN_CODE_ALPHABET)
    return "ABCD" + JOIN_CODE_ALPHABET[number // letters] + JOIN_CODE_ALPHABET[number % letters]


async def play_games(host: MatchHost) -> list[GameId]:
    """Lobbies, games in several rounds with plans and refusals after their snapshots, and one at its end."""
    made = [
        await _made(host, 0, classic(3, round_seconds=ROUND_S), humans=1),
        await _made(host, 1, labyrinth(4, round_seconds=ROUND_S), humans=2),
        await begun(host, 2, classic(2, round_seconds=ROUND_S), humans=2, rounds=0),
        await begun(host, 3, labyrinth(4, round_seconds=ROUND_S), humans=2, rounds=2),
        await begun(host, 4, labyrinth(3, round_seconds=ROUND_S, health=50), humans=3, rounds=3),
        await begun(host, 5, classic(2, round_seconds=ROUND_S), humans=2, rounds=1),
    ]
    await host.post(made[4], Resign(player_id(3)), player_id=SeatId("p3"), command_id="resigned")
    for game_id in made[2:]:
        await plan_some(host, game_id)
    await host.post(made[5], Resign(P1), player_id=SeatId("p1"), command_id="resigned")
    return made


async def _made(host: MatchHost, number: int, settings: Settings, humans: int) -> GameId:
    game_id = GameId(f"game-{number}")
    ada = Member(seat_at(1), user(1), "Ada")
    created = MatchCreated(game_id, code_of(number), settings, number, settings.seats - 1, "wanderer", ada)
    await host.create(KIND, game_id, created.join_code, (created,))
    for seat in range(2, humans + 1):
        await host.post(game_id, Join(user(seat), f"Player {seat}"))
    return game_id


async def begun(host: MatchHost, number: int, settings: Settings, humans: int, rounds: int) -> GameId:
    """A game so many rounds later."""
    game_id = await _made(host, number, settings, humans)
    await host.post(game_id, Start(user(1)))
    for _ in range(rounds):
        game = (await host.look(game_id)).state.game
        assert game is not None
        for seat in range(1, humans + 1):
            await host.post(game_id, Ready(player_id(seat), game.round))
    return game_id


async def plan_some(host: MatchHost, game_id: GameId) -> None:
    """Entries after the snapshot: a plan, one that is refused, and another."""
    game = (await host.look(game_id)).state.game
    assert game is not None
    for number, (seat, round_number) in enumerate([(1, game.round), (2, game.round + 7), (2, game.round)]):
        plan = RegisterPlan(player_id(seat), round_number, (Wait(),))
        await host.post(game_id, plan, player_id=SeatId(f"p{seat}"), command_id=f"c{number}")


@cache
def stored_games() -> tuple[Rows, int]:
    """The rows of a store after such games were played and the node was stopped, and the time then."""

    async def play() -> tuple[Rows, int]:
        clock = HandClock()
        store = memory_store(clock)
        host = host_of(match_games(), store, clock)
        async with host.running():
            await play_games(host)
        return store.kept.rows, clock.now()

    return asyncio.run(play())


def fresh_store(clock: HandClock) -> tuple[MemoryStore, Rows]:
    """A store of its own with those games in it, and its rows to spoil."""
    rows, now = stored_games()
    clock.leap(now - clock.now())
    store = memory_store(clock)
    store.kept.rows = copy.deepcopy(rows)
    return store, store.kept.rows


# --- spoiling --------------------------------------------------------------------------------------------------------

ODD: Final[list[Any]] = [
    None,
    True,
    -1,
    0,
    1,
    2,
    3,
    7,
    2**31,
    2**53,
    2**63,
    10**40,
    1.5,
    "",
    "x",
    "p1",
    "p9",
    "\0",
    "lobby",
    "active",
    "concluded",
    "over",
    [],
    {},
    [[[[]]]],
    [0, 0],
    [99, 99],
]
NUMBERS: Final = [-(2**31), -1, 0, 1, 2, 3, 4, 5, 7, 100, 2**31 - 1, 2**62, 2**63 - 1]
NONSENSE: Final = [
    b"",
    b"{}",
    b"null",
    b"[]",
    b'"state"',
    b"\xff\xfe\x00",
    b"[" * 100_000,
    b'{"a":' * 20_000,
    b'{"state":{},"answers":{}}',
    b'{"state":null,"answers":{}}',
    b" " * 2_000_000,
    b"9" * 100_000,
]


def bytes_of(chance: Random, raw: bytes) -> bytes:
    """The bytes with something done to them."""
    at = chance.randint(0, max(0, len(raw) - 1))
    match chance.choice(["flip", "flip", "cut", "drop", "twice", "insert", "nonsense"]):
        case "flip":
            return raw[:at] + bytes([raw[at] ^ (1 << chance.randint(0, 7))]) + raw[at + 1 :] if raw else b"\x01"
        case "cut":
            return raw[:at]
        case "drop":
            return raw[:at] + raw[at + chance.randint(1, 40) :]
        case "twice":
            return raw[:at] + raw[max(0, at - chance.randint(1, 40)) :]
        case "insert":
            return raw[:at] + chance.randbytes(chance.randint(1, 8)) + raw[at:]
        case _:
            return chance.choice(NONSENSE)


def json_of(chance: Random, raw: bytes) -> bytes:
    """The JSON with one or two of its values changed, moved or removed."""
    whole = json.loads(raw)
    for _ in range(chance.randint(1, 2)):
        places = list(_places(whole))
        if not places:
            break
        holder, key = chance.choice(places)
        match chance.choice(["odd", "near", "near", "remove", "swap"]):
            case "odd":
                holder[key] = chance.choice(ODD)
            case "near" if isinstance(holder[key], int):
                holder[key] = int(holder[key]) + chance.choice([-2, -1, 1, 2, 1000])
            case "swap":
                other, place = chance.choice(places)
                holder[key], other[place] = copy.deepcopy(other[place]), copy.deepcopy(holder[key])
            case _:
                del holder[key]
    return json.dumps(whole, separators=(",", ":")).encode()


def _places(value: Any) -> list[tuple[Any, Any]]:
    """Every value in there, as what holds it and where."""
    keys = cast("list[Any]", list(value) if isinstance(value, dict) else list(range(len(value))))  # pyright: ignore[reportUnknownArgumentType]
    found: list[tuple[Any, Any]] = [(value, key) for key in keys]
    for key in keys:
        if isinstance(value[key], dict | list):
            found += _places(value[key])
    return found


def spoil(chance: Random, row: Row, others: Sequence[Row]) -> None:
    """Do something to what is stored of one game; the others are there to take from."""
    chance.choice([spoil_state, spoil_state, spoil_journal, spoil_row])(chance, row, others)


def spoil_state(chance: Random, row: Row, others: Sequence[Row]) -> None:
    """The state's bytes, its JSON, or another game's."""
    state = row.stored.state
    kind = chance.choice(["bytes", "json", "json", "other"])
    if kind == "other":
        state = chance.choice(others).stored.state
    elif kind == "json" and is_json(state):
        state = json_of(chance, state)
    else:
        state = bytes_of(chance, state)
    row.stored = replace(row.stored, state=state)


def spoil_journal(chance: Random, row: Row, others: Sequence[Row]) -> None:
    """An entry, most of them after the snapshot, or the order of all."""
    entries = row.entries
    if not entries:
        return
    at = chance.randint(max(0, len(entries) - 4), len(entries) - 1)
    entry, last, change = entries[at], entries[-1], msgspec.structs.replace
    match chance.choice(["bytes", "json", "json", "remove", "repeat", "swap", "renumber", "other", "add"]):
        case "json" if is_json(entry.body):
            entries[at] = change(entry, body=json_of(chance, entry.body))
        case "remove":
            del entries[at]
        case "repeat":
            entries.insert(at, entry)
        case "swap":
            entries[at], entries[-1] = change(last, seq=entry.seq), change(entry, seq=last.seq)
        case "renumber":
            entries[at] = change(entry, seq=entry.seq + chance.randint(-1, 3))
            entries.sort(key=lambda each: each.seq)
        case "other":
            entries[at] = change(entry, body=chance.choice(others).entries[-1].body)
        case "add":
            entries.append(StoredEntry(last.seq + 1, last.epoch, last.recorded_at, entry.body))
            row.stored = replace(row.stored, seq=row.stored.seq + chance.randint(0, 1))
        case _:
            entries[at] = change(entry, body=bytes_of(chance, entry.body))


def spoil_row(chance: Random, row: Row, others: Sequence[Row]) -> None:
    """A column."""
    del others
    name = chance.choice(["seq", "snapshot_seq", "epoch", "state_version", "latest_round", "status", "code"])
    if name == "status":
        status = chance.choice(["lobby", "active", "concluded", "canceled", "quarantined", "", "nonsense"])
        row.stored = replace(row.stored, game_status=status)
    elif name == "code":
        row.stored = replace(row.stored, join_code="ZZZZZ9")
    else:
        row.stored = replace(row.stored, **{name: chance.choice(NUMBERS)})


def is_json(raw: bytes) -> bool:
    """Whether there is an object to change."""
    try:
        return isinstance(json.loads(raw), dict)
    except (ValueError, RecursionError):
        return False
