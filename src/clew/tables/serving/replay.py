"""A finished table told in full: its journal, and what the game's state was as it began and after each round."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final, TypedDict, assert_never

import msgspec

from clew.game import AnyGame
from clew.sessions.records import Entry
from clew.tables import events
from clew.tables.agreeing.events import Agreed, AgreementEvent, AutopilotBegan, Paused, WentOn
from clew.tables.bounds import REPLAY_STATES_BYTES_MAX
from clew.tables.events import AnyEvent
from clew.tables.evolving import evolve_table
from clew.tables.lobby.events import (
    GameCanceled,
    HostPassed,
    Left,
    LobbyEvent,
    PlayerJoined,
    Released,
    SeatChanged,
    SentAway,
)
from clew.tables.lobby.members import place_of
from clew.tables.serving import wire_replay as told
from clew.tables.table import AnyTable
from clew.wire.moments import rfc3339

_ENCODER: Final = msgspec.json.Encoder()


def replay_of(game: AnyGame, entries: Iterable[Entry[AnyEvent]]) -> told.Replay:
    """The whole game from its journal, which must begin with its first entry and hold its start.

    Of more states than ``REPLAY_STATES_BYTES_MAX`` some are left out.
    """
    table: AnyTable | None = None
    initial: told.ReplayInitial[Any] | None = None
    shown: list[told.AnyReplayEvent] = []
    states: list[told.ReplayState[msgspec.Raw]] = []
    for entry in entries:
        event = entry.event
        if event is None:
            assert table is not None, "a table begins with its creation"
            if entry.refusal is not None:  # else it was accepted and was so already: nothing happened by it
                shown.append(_refused(entry, table))
            continue
        table = evolve_table(game, table, event)
        shown.append(_shown(entry, event, table))
        if isinstance(event, events.GameStarted):
            initial = _initial(game, table, entry)
        ended = _round_ended(event)
        if ended is not None:
            states.append(told.ReplayState(entry.seq, ended, msgspec.Raw(_ENCODER.encode(table.game))))
    assert initial is not None, "only a game that was played has a replay"
    return told.Replay(initial, shown, _thinned(states))


def _initial(game: AnyGame, table: AnyTable, entry: Entry[AnyEvent]) -> told.ReplayInitial[Any]:
    return told.ReplayInitial(
        game_id=table.game_id,
        kind=game.kind,
        join_code=table.join_code,
        options=table.options,
        round_seconds=table.settings.round_seconds,
        seed=table.seed,
        members=tuple(told.ReplayMember(each.player_id, each.display_name, each.is_bot) for each in table.members),
        started_at=rfc3339(entry.recorded_at),
    )


def _round_ended(event: AnyEvent) -> int | None:
    """The round after which the state stands so, 0 before the first; None in the midst of one."""
    if isinstance(event, LobbyEvent | AgreementEvent):
        return None
    match event:
        case events.GameStarted():
            return 0
        case events.RoundStarted(number):
            return number - 1
        case events.GameOver(number):
            return number
        case (
            events.TableCreated()
            | events.SettingsChanged()
            | events.PlanAccepted()
            | events.ReadyAccepted()
            | events.Resigned()
            | events.Happened()
            | events.ClockCredited()
        ):
            return None
        case _:
            assert_never(event)


def _thinned(states: list[told.ReplayState[msgspec.Raw]]) -> list[told.ReplayState[msgspec.Raw]]:
    """As many as may be, spread over the whole game: every second one goes, but for the last, as often as is needed."""
    while sum(len(bytes(one.state)) for one in states) > REPLAY_STATES_BYTES_MAX and len(states) > 2:
        states = [*states[:-1:2], states[-1]]
    return states


class _Number(TypedDict):
    """What all replayed events say of themselves."""

    seq: int
    at: str
    round: int


def _number(entry: Entry[AnyEvent], round_number: int) -> _Number:
    return _Number(seq=entry.seq, at=rfc3339(entry.recorded_at), round=round_number)


def _refused(entry: Entry[AnyEvent], table: AnyTable) -> told.ReplayCommandRefused:
    assert entry.receipt is not None and entry.refusal is not None, "a player was refused something"
    return told.ReplayCommandRefused(
        **_number(entry, table.round),
        id=entry.receipt.player_id,
        command_id=entry.receipt.command_id,
        code=entry.refusal.code,
    )


def _shown(entry: Entry[AnyEvent], event: AnyEvent, after: AnyTable) -> told.AnyReplayEvent:
    number = _number(entry, after.round)
    if isinstance(event, LobbyEvent):
        return _shown_of_lobby(number, event)
    command_id = None if entry.receipt is None else entry.receipt.command_id
    if isinstance(event, AgreementEvent):
        return _shown_of_agreement(number, event, command_id)
    match event:
        case events.TableCreated(host=host):
            return told.ReplayGameCreated(**number, id=host.player_id, display_name=host.display_name)
        case events.SettingsChanged():
            return told.ReplaySettingsChanged(**number)
        case events.GameStarted(_, ends_at, _, on_turn):
            return told.ReplayGameStarted(**number, round_ends_at=rfc3339(ends_at), on_turn=on_turn)
        case events.PlanAccepted(_, seat, plan):
            return told.ReplayPlanAccepted(**number, id=seat, plan=plan, command_id=command_id)
        case events.ReadyAccepted(_, seat):
            return told.ReplayReadyAccepted(**number, id=seat, command_id=command_id)
        case events.Resigned(_, seat):
            return told.ReplayResigned(**number, id=seat, command_id=command_id)
        case events.Happened(_, inner):
            return told.ReplayHappened(**number, event=inner)
        case events.RoundStarted(_, ends_at, _, on_turn):
            autopilot = tuple(seat for seat, player in after.players.items() if player.autopilot)
            return told.ReplayRoundStarted(
                **number, round_ends_at=rfc3339(ends_at), on_turn=on_turn, autopilot=autopilot
            )
        case events.ClockCredited(_, ms, why):
            return told.ReplayClockCredited(**number, ms=ms, why=why)
        case events.GameOver(_, winner_ids, why):
            return told.ReplayGameOver(**number, winner_ids=winner_ids, why=why)
        case _:
            assert_never(event)


def _shown_of_agreement(number: _Number, event: AgreementEvent, command_id: str | None) -> told.AnyReplayEvent:
    match event:
        case Agreed(_, seat, to):
            return told.ReplayAgreed(**number, id=seat, to=to, command_id=command_id)
        case Paused():
            return told.ReplayPaused(**number)
        case WentOn():
            return told.ReplayWentOn(**number)
        case AutopilotBegan(_, seat):
            return told.ReplayAutopilotBegan(**number, id=seat)
        case _:
            assert_never(event)


def _shown_of_lobby(number: _Number, event: LobbyEvent) -> told.AnyReplayEvent:
    match event:
        case PlayerJoined(member):
            return told.ReplayPlayerJoined(
                **number, id=member.player_id, display_name=member.display_name, is_bot=member.is_bot
            )
        case Left(seat, name):
            return told.ReplayLeft(**number, id=seat, display_name=name)
        case SentAway(seat, name):
            return told.ReplaySentAway(**number, id=seat, display_name=name)
        case HostPassed(seat):
            return told.ReplayHostPassed(**number, id=seat)
        case SeatChanged(seat, bot):
            return told.ReplaySeatChanged(**number, seat=place_of(seat), bot=None if bot is None else bot.bot)
        case Released(seat, name):
            return told.ReplayReleased(**number, id=seat, display_name=name)
        case GameCanceled():
            raise AssertionError("a game that was called off has no replay")
        case _:
            assert_never(event)
