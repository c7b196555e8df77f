"""From what somebody asks for to a table that can be made: everything about a new one is checked here."""

from __future__ import annotations

from typing import Any

import msgspec

from clew.definition import ROUND_SECONDS_MAX, ROUND_SECONDS_MIN
from clew.game import AnyGame
from clew.sessions.ids import GameId, UserId
from clew.sessions.records import Refused
from clew.tables.bounds import SEED_MAX
from clew.tables.events import TableCreated
from clew.tables.lobby.members import Member, seat_at
from clew.tables.table import TableSettings
from clew.wire.problems import problem_and_path


class NewTable(msgspec.Struct, frozen=True):
    """What somebody asks for. ``options`` are plain values; ``seed``, if given, is one that they chose.

    What is not said comes from the game: as many seats as it needs, its length of a round, its defaults.
    """

    seats: int | None = None
    round_seconds: int | None = None
    bots: int = 0
    options: dict[str, Any] = {}
    seed: int | None = None


class Identity(msgspec.Struct, frozen=True):
    """Who makes the table, and what nobody chooses: its names, and the seed if none was asked for."""

    game_id: GameId
    join_code: str
    user_id: UserId
    display_name: str
    seed: int


def table_created(game: AnyGame, asked: NewTable, identity: Identity) -> TableCreated[Any] | Refused:
    """The event that creates this table, its maker in the first seat; or ``invalid``, with the field's ``path``."""
    least, greatest = game.seats
    seats = least if asked.seats is None else asked.seats
    seconds = game.round_seconds if asked.round_seconds is None else asked.round_seconds
    seed = identity.seed if asked.seed is None else asked.seed
    if not least <= seats <= greatest:
        return _invalid("seats", f"This game is for {least} to {greatest}.")
    if not ROUND_SECONDS_MIN <= seconds <= ROUND_SECONDS_MAX:
        return _invalid("round_seconds", f"A round has {ROUND_SECONDS_MIN} to {ROUND_SECONDS_MAX} seconds.")
    if not 0 <= asked.bots < seats:
        return _invalid("bots", "One seat at least is yours: there can be one bot less than seats at most.")
    if not 0 <= seed <= SEED_MAX:
        return _invalid("seed", f"A seed is a number from 0 to {SEED_MAX}.")
    unknown = sorted(asked.options.keys() - {field.encode_name for field in msgspec.structs.fields(game.options)})
    if unknown:
        return _invalid(f"options.{unknown[0]}", "There is no such option.")
    try:
        options = msgspec.convert(asked.options, game.options)
    except msgspec.ValidationError as error:
        problem, path = problem_and_path(str(error))
        return _invalid(f"options.{path}" if path else "options", f"{problem}.")
    return TableCreated(
        game_id=identity.game_id,
        join_code=identity.join_code,
        settings=TableSettings(seats, seconds),
        options=options,
        seed=seed,
        bots=asked.bots,
        host=Member(seat_at(1), identity.user_id, identity.display_name),
        seed_chosen=asked.seed is not None,
    )


def _invalid(path: str, message: str) -> Refused:
    return Refused("invalid", message, {"path": path})
