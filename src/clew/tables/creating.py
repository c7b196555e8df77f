"""From what somebody asks for to a table that can be: everything about a new one, or a changed one, is checked here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec
from msgspec import UNSET
from msgspec.structs import replace

from clew.definition import ROUND_SECONDS_MAX, ROUND_SECONDS_MIN
from clew.game import AnyGame
from clew.sessions.ids import GameId, UserId
from clew.sessions.records import Refused
from clew.tables.bounds import AWAY_AFTER, AWAY_AFTER_MAX, SEED_MAX
from clew.tables.events import SettingsChanged, TableCreated
from clew.tables.lobby.changing import Settled, invalid
from clew.tables.lobby.members import Member, seat_at
from clew.tables.table import AnyTable, TableSettings
from clew.wire.problems import problem_and_path


class NewTable(msgspec.Struct, frozen=True):
    """What somebody asks for. ``options`` are plain values; ``seed``, if given, is one that they chose.

    What is not said comes from the game: as many seats as it needs, its length of a round, its defaults.
    """

    seats: int | None = None
    round_seconds: int | None = None
    bots: int = 0
    options: dict[str, Any] = {}
    away_after: int = AWAY_AFTER
    seed: int | None = None
    public: bool = False


class Identity(msgspec.Struct, frozen=True):
    """Who makes the table, and what nobody chooses: its names, and the seed if none was asked for."""

    game_id: GameId
    join_code: str
    user_id: UserId
    display_name: str
    seed: int


def table_created(game: AnyGame, asked: NewTable, identity: Identity) -> TableCreated[Any] | Refused:
    """The event that creates this table, its maker in the first seat; or ``invalid``, with the field's ``path``."""
    seats = game.seats[0] if asked.seats is None else asked.seats
    seconds = game.round_seconds if asked.round_seconds is None else asked.round_seconds
    seed = identity.seed if asked.seed is None else asked.seed
    settings = TableSettings(seats, seconds, away_after=asked.away_after)
    refused = _refuse_settings(game, settings, asked.bots)
    if refused is not None:
        return refused
    if not 0 <= seed <= SEED_MAX:
        return invalid("seed", f"A seed is a number from 0 to {SEED_MAX}.")
    options = _options(game, asked.options)
    if isinstance(options, Refused):
        return options
    return TableCreated(
        game_id=identity.game_id,
        join_code=identity.join_code,
        settings=settings,
        options=options,
        seed=seed,
        bots=asked.bots,
        host=Member(seat_at(1), identity.user_id, identity.display_name),
        seed_chosen=asked.seed is not None,
        public=asked.public,
    )


def settled(game: AnyGame, table: AnyTable, asked: Any) -> Settled | Refused:
    """As ``lobby.changing.Rules.settled``. Options that are not named stay as they are."""
    seats = asked.seats if isinstance(asked.seats, int) else table.settings.seats
    seconds = table.settings.round_seconds if asked.round_seconds is UNSET else asked.round_seconds
    bots = table.bots if asked.bots is UNSET else asked.bots
    away_after = table.settings.away_after if asked.away_after is UNSET else asked.away_after
    settings = replace(table.settings, seats=seats, round_seconds=seconds, away_after=away_after)
    refused = _refuse_settings(game, settings, bots)
    if refused is not None:
        return refused
    named: Mapping[str, Any] = {} if asked.options is UNSET else asked.options
    options = _options(game, {**msgspec.to_builtins(table.options), **named})
    if isinstance(options, Refused):
        return options
    public = table.public if asked.public is UNSET else asked.public
    is_other = (settings, options, bots, public) != (table.settings, table.options, table.bots, table.public)
    return Settled(SettingsChanged(settings, options, bots, public) if is_other else None, seats)


def _refuse_settings(game: AnyGame, settings: TableSettings, bots: int) -> Refused | None:
    least, greatest = game.seats
    if not least <= settings.seats <= greatest:
        return invalid("seats", f"This game is for {least} to {greatest}.")
    if not ROUND_SECONDS_MIN <= settings.round_seconds <= ROUND_SECONDS_MAX:
        return invalid("round_seconds", f"A round has {ROUND_SECONDS_MIN} to {ROUND_SECONDS_MAX} seconds.")
    if not 0 <= settings.away_after <= AWAY_AFTER_MAX:
        return invalid("away_after", f"Who is away lets 1 to {AWAY_AFTER_MAX} rounds pass; 0: as many as others.")
    if not 0 <= bots < settings.seats:
        return invalid("bots", "One seat at least is yours: there can be one bot less than seats at most.")
    return None


def _options(game: AnyGame, plain: Mapping[str, Any]) -> Any:
    """The game's options, of plain values; or ``invalid``."""
    unknown = sorted(plain.keys() - {field.encode_name for field in msgspec.structs.fields(game.options)})
    if unknown:
        return invalid(f"options.{unknown[0]}", "There is no such option.")
    try:
        return msgspec.convert(plain, game.options)
    except msgspec.ValidationError as error:
        problem, path = problem_and_path(str(error))
        return invalid(f"options.{path}" if path else "options", f"{problem}.")
