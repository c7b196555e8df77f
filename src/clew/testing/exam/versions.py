"""Old states play on: what is kept of every version that was ever released is read, replayed and played to its end."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from msgspec.structs import replace

from clew.sessions.ids import GameId
from clew.tables.autopilot import bots_plan
from clew.tables.codec import TableCodec
from clew.tables.creating import NewTable
from clew.tables.log.events_log import EventsLog
from clew.tables.schema import fingerprint
from clew.tables.table import AnyTable
from clew.testing.exam.broken import LawBroken
from clew.testing.exam.laws import ROUNDS_MAX
from clew.testing.exam.playing import Make
from clew.testing.golden import Golden, golden_of, write_golden
from clew.testing.sitting import Sitting


def old_states_play_on(make: Make, golden: Golden) -> None:
    """A table of an older version is sound, is what its journal makes it, and comes to an end."""
    game = make()
    codec = TableCodec(game)
    table = codec.decode_state(golden.state, golden.version)
    replayed = None
    sitting = Sitting(game)
    for number, raw in enumerate(golden.events, 1):
        event = codec.decode_event(raw, golden.version)
        replayed = sitting.machine.evolve(replayed, event, number)
    # What was told in its day stays as it was told; the rest must be the same by either way.
    if replayed is None or _untold(replayed) != _untold(table):
        made = replayed and replayed.game
        raise LawBroken(f"version {golden.version} was stored as {table.game}, and its journal makes {made}")
    sitting.machine.check(table, GameId(table.game_id), table.join_code)
    sitting.table, sitting.now = table, table.round_ends_at
    sitting.journal = [codec.decode_event(raw, golden.version) for raw in golden.events]
    for _ in range(ROUNDS_MAX):
        if sitting.table.status != "active":
            return
        sitting.end_round(watched=True)
    raise LawBroken(f"a table of version {golden.version} is not over after {ROUNDS_MAX} rounds")


def a_changed_shape_has_a_new_version(make: Make, goldens: Sequence[Golden]) -> None:
    """What the present version looks like is written down, and still true."""
    game = make()
    version = TableCodec(game).state_version
    known = next((golden.fingerprint for golden in goldens if golden.version == version), None)
    if known is None:
        raise LawBroken(f"nothing is kept of version {version}; run this once with --clew-golden-write and commit it")
    if known != fingerprint(game):
        raise LawBroken(
            f"what is stored of version {version} looks otherwise than when it was kept: raise state_version or"
            " event_version and give it a step; or, if it was never released, keep it anew with --clew-golden-write"
        )


def keep_present_version(make: Make, folder: Path) -> Path:
    """Write down a table in mid-game, and what it looks like."""
    game = make()
    least, greatest = game.seats
    seats = min(greatest, max(least, 3))
    sitting = Sitting(game, NewTable(seats=seats, bots=1 if seats > 1 else 0), seed=7).begin()
    _plan_some(sitting)
    sitting.end_round()
    _plan_some(sitting)
    return write_golden(folder, golden_of(game, sitting.table, sitting.journal))


def _plan_some(sitting: Sitting) -> None:
    """Let people plan what a bot would, or else what the idle do."""
    table, game = sitting.table, sitting.game
    for seat in table.on_turn:
        if table.status == "active" and not table.is_bot(seat):
            sitting.plan(seat, bots_plan(game, table, seat) or game.idle(table.game, seat))


def _untold(table: AnyTable) -> AnyTable:
    return replace(table, events_log=EventsLog())
