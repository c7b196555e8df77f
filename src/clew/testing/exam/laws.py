"""What every game keeps, each as a function that raises ``LawBroken`` for a game that does not."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, TypeAlias

import msgspec

from clew.sessions.records import Accepted, Refused
from clew.tables.autopilot import bots_plan
from clew.tables.codec import TableCodec
from clew.tables.commands import AnyCommand
from clew.tables.events import AnyEvent
from clew.tables.schema import told_type, view_type
from clew.tables.tale import planning
from clew.tables.telling import tell
from clew.testing.exam.broken import LawBroken
from clew.testing.exam.crashing import a_crash_loses_nothing
from clew.testing.exam.playing import Draw, Make, Play
from clew.testing.exam.secrets import nobody_can_tell_what_they_may_not_know
from clew.testing.sitting import Sitting

Law: TypeAlias = Callable[[Make, Draw], None]

ROUNDS_MAX: Final = 1_000
"""A game that is not over after so many rounds never ends, as far as anybody can wait for it."""

_ENCODE: Final = msgspec.json.Encoder().encode


def the_same_inputs_give_the_same_events(make: Make, draw: Draw) -> None:
    """A command decided again, at once or by another process, comes to the same."""
    play = Play(make, draw)
    play.heard = _decided_twice
    play.begin().rounds()
    again = Sitting(make(), play.wanted, play.seed).begin()
    for now, command in play.asked:
        again.now = now
        if isinstance(again.ask(command), Accepted):
            again.do(command)
    codec = TableCodec(play.game)
    for first, second in zip(play.sitting.journal, again.journal, strict=False):
        if codec.encode_event(first) != codec.encode_event(second):
            raise LawBroken(f"the same commands came to {first} once, and then to {second}")
    if len(play.sitting.journal) != len(again.journal):
        raise LawBroken("the same commands came to more events once than another time")


def replaying_gives_the_same_state(make: Make, draw: Draw) -> None:
    """The journal alone makes the table again, in a process that saw nothing else."""
    play = Play(make, draw).begin().rounds()
    fresh = Sitting(make(), play.wanted, play.seed)
    table = None
    for number, event in enumerate(play.sitting.journal, 1):
        table = fresh.machine.evolve(table, event, number)
    codec = TableCodec(play.game)
    if table is None or codec.encode_state(table) != codec.encode_state(play.sitting.table):
        raise LawBroken(f"played it is {play.sitting.table.game}, and replayed {table and table.game}")


def json_there_and_back_is_the_same(make: Make, draw: Draw) -> None:
    """States, events, views and tellings are read back as they were written."""
    play = Play(make, draw).begin().rounds()
    game, table, codec = play.game, play.sitting.table, TableCodec(play.game)
    _same("state", table, codec.decode_state(codec.encode_state(table), codec.state_version), codec.encode_state)
    for event in play.sitting.journal:
        _same("event", event, codec.decode_event(codec.encode_event(event), codec.event_version), codec.encode_event)
    for viewer in (*table.seats, None):
        seen = play.sitting.view(viewer)
        _same("view", seen, msgspec.json.decode(_ENCODE(seen), type=view_type(game)), _ENCODE)
        for event in play.sitting.journal:
            told = tell(game, event, viewer)
            if told is not None:
                _same("telling", told, msgspec.json.decode(_ENCODE(told), type=told_type(game)), _ENCODE)


def every_game_ends(make: Make, draw: Draw) -> None:
    """Whatever its people do, and though somebody always watches."""
    sitting = Play(make, draw).begin().rounds().sitting
    for _ in range(ROUNDS_MAX):
        if sitting.table.status != "active":
            return
        sitting.end_round(watched=True)
    raise LawBroken(f"it is not over after {ROUNDS_MAX} rounds: {sitting.table.game}")


def a_refused_plan_changes_nothing(make: Make, draw: Draw) -> None:
    """Nor does anything that is only decided: no state that was ever given out changes any more."""
    play = Play(make, draw)
    play.heard = _unchanged
    play.begin().rounds()


def who_sends_nothing_plans_legally(make: Make, draw: Draw) -> None:
    """The plans of the idle and of bots are legal for every seat on turn, and the same each time."""
    play = Play(make, draw).begin()
    play.heard = lambda sitting, _command: _planned_legally(sitting)
    play.rounds()
    _planned_legally(play.sitting)


LAWS: Final[tuple[Law, ...]] = (
    the_same_inputs_give_the_same_events,
    replaying_gives_the_same_state,
    json_there_and_back_is_the_same,
    every_game_ends,
    a_refused_plan_changes_nothing,
    who_sends_nothing_plans_legally,
    nobody_can_tell_what_they_may_not_know,
    a_crash_loses_nothing,
)


def _decided_twice(sitting: Sitting, command: AnyCommand) -> None:
    first, second = _said(sitting.ask(command)), _said(sitting.ask(command))
    if first != second or _ENCODE(first) != _ENCODE(second):
        raise LawBroken(f"decided twice it was {first}, and then {second}")


def _said(answer: Accepted[AnyEvent] | Refused) -> tuple[AnyEvent, ...] | Refused:
    return answer.events if isinstance(answer, Accepted) else answer


def _same(what: str, written: Any, read: Any, encode: Callable[[Any], bytes]) -> None:
    if read != written:
        raise LawBroken(f"the {what} {written} was read back as {read}")
    if encode(read) != encode(written):
        raise LawBroken(f"the {what} {written} is written otherwise once it was read back")


def _unchanged(sitting: Sitting, command: AnyCommand) -> None:
    codec = TableCodec(sitting.game)
    before = codec.encode_state(sitting.table)
    answer = sitting.ask(command)
    if codec.encode_state(sitting.table) != before:
        was = "was refused" if isinstance(answer, Refused) else "is not done yet"
        raise LawBroken(f"{command} {was}, and it changed the state to {sitting.table.game}")


def _planned_legally(sitting: Sitting) -> None:
    table, game = sitting.table, sitting.game
    if table.status != "active":
        return
    for seat in planning(game, table):
        idle = game.idle(table.game, seat)
        refused = game.legal(table.game, seat, idle)
        if refused is not None:
            raise LawBroken(f"the idle plan of {seat} is refused: {refused.message}")
        first, second = bots_plan(game, table, seat), bots_plan(game, table, seat)
        if first != second:
            raise LawBroken(f"the bot of {seat} plans {first} once, and then {second}")
