"""A finished match told in full.

The journal is played through the rules once more, so that what is not in an event (where somebody bumped, who was on
autopilot) is known when it is told.
"""

from collections.abc import Iterable
from typing import Any, Final, TypedDict, assert_never

import msgspec

from clew.sessions.records import Entry
from clew.tables.agreeing.events import Agreed, AgreementEvent, AutopilotBegan, Paused, WentOn
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
from clew.wire.moments import rfc3339
from minotaur.hexgrid.coord import Coord, Vector, distance
from minotaur.play import wire_replay as told
from minotaur.play.machine import MatchMachine
from minotaur.play.match import GameStarted, Match, MatchCreated, MatchEvent, SettingsChanged
from minotaur.play.views import autopilots
from minotaur.play.wire_shapes import Terrain
from minotaur.rules import events
from minotaur.rules.commands import WireVector
from minotaur.rules.game import Game
from minotaur.rules.names import Millis
from minotaur.rules.notation_board import format_board
from minotaur.rules.notation_event import format_event

_MACHINE: Final = MatchMachine()


def replay_of(entries: Iterable[Entry[MatchEvent]]) -> told.Replay:
    """The whole game from its journal, which must begin with its first entry and hold its start."""
    match: Match | None = None
    initial: told.ReplayInitial | None = None
    shown: list[told.ReplayEvent] = []
    for entry in entries:
        if entry.event is None:
            assert match is not None, "a match begins with its creation"
            if entry.refusal is not None:  # else it was accepted and was so already: nothing happened by it
                shown.append(_refused(entry, match))
            continue
        match = _MACHINE.evolve(match, entry.event, entry.seq)
        if isinstance(entry.event, GameStarted):
            initial = _initial(match, entry.event.game, entry.recorded_at)
        shown.append(_shown(entry, entry.event, match))
    assert initial is not None, "only a game that was played has a replay"
    return told.Replay(initial, shown)


def settings_of(match: Match) -> dict[str, Any]:
    """The match's settings as an object."""
    return msgspec.to_builtins(match.settings)


def _initial(match: Match, game: Game, started_at: Millis) -> told.ReplayInitial:
    minotaur = game.minotaur
    return told.ReplayInitial(
        game_id=match.game_id,
        join_code=match.join_code,
        preset=match.settings.preset,
        settings=settings_of(match),
        seed=match.seed,
        bot=match.bot,
        members=[told.ReplayMember(each.player_id, each.display_name, each.is_bot) for each in match.members],
        lair=_place(game.lair),
        hexes=[
            told.ReplayHex(place.q, place.r, _terrain(game, place), distance(place, game.lair)) for place in game.board
        ],
        heroes=[
            told.ReplayHero(player, hero.at.q, hero.at.r, hero.health, hero.ap) for player, hero in game.heroes.items()
        ],
        minotaur=None if minotaur is None else told.ReplayMinotaur(minotaur.at.q, minotaur.at.r, minotaur.health),
        started_at=rfc3339(started_at),
        notation=format_board(game),
    )


def _terrain(game: Game, place: Coord) -> Terrain:
    if place in game.floor:
        return "floor"
    return "chasm" if place in game.collapsed else "rock"


class _Number(TypedDict):
    """What all replayed events say of themselves."""

    seq: int
    at: str
    round: int
    step: int
    notation: str


def _refused(entry: Entry[MatchEvent], match: Match) -> told.ReplayCommandRefused:
    assert entry.receipt is not None and entry.refusal is not None, "a player was refused something"
    return told.ReplayCommandRefused(
        **_number(entry, 0 if match.game is None else match.game.round),
        id=entry.receipt.player_id,
        command_id=entry.receipt.command_id,
        code=entry.refusal.code,
    )


def _number(entry: Entry[MatchEvent], round_number: int, step: int = 0, notation: str = "") -> _Number:
    return _Number(seq=entry.seq, at=rfc3339(entry.recorded_at), round=round_number, step=step, notation=notation)


def _shown(entry: Entry[MatchEvent], event: MatchEvent, after: Match) -> told.ReplayEvent:
    if isinstance(event, LobbyEvent):
        return _gathered(_number(entry, 0), event)
    if isinstance(event, AgreementEvent):
        return _agreed(entry, event)
    match event:
        case MatchCreated(host=host):
            return told.ReplayGameCreated(**_number(entry, 0), id=host.player_id, display_name=host.display_name)
        case SettingsChanged():
            return told.ReplaySettingsChanged(**_number(entry, 0))
        case GameStarted(game):
            return told.ReplayGameStarted(**_number(entry, game.round), round_ends_at=rfc3339(game.round_ends_at))
        case _:
            return _played(entry, event, after)


def _gathered(number: _Number, event: LobbyEvent) -> told.ReplayEvent:
    """What was before the game."""
    match event:
        case PlayerJoined(member):
            return told.ReplayPlayerJoined(**number, id=member.player_id, display_name=member.display_name)
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


def _agreed(entry: Entry[MatchEvent], event: AgreementEvent) -> told.ReplayEvent:
    number = _number(entry, event.round)
    match event:
        case Agreed(_, seat, to):
            command_id = None if entry.receipt is None else entry.receipt.command_id
            return told.ReplayAgreed(**number, id=seat, to=to, command_id=command_id)
        case Paused():
            return told.ReplayPaused(**number)
        case WentOn():
            return told.ReplayWentOn(**number)
        case AutopilotBegan(_, seat):
            return told.ReplayAutopilotBegan(**number, id=seat)
        case _:
            assert_never(event)


def _played(entry: Entry[MatchEvent], event: events.Event, after: Match) -> told.ReplayEvent:
    assert after.game is not None, "the rules' events come after the start"
    number = _number(entry, event.round, event.step, format_event(event))
    command_id = None if entry.receipt is None else entry.receipt.command_id
    match event:
        case events.PlanAccepted(player_id=player, steps=steps):
            return told.ReplayPlanAccepted(**number, id=player, steps=steps, command_id=command_id)
        case events.ReadyAccepted(player_id=player):
            return told.ReplayReadyAccepted(**number, id=player, command_id=command_id)
        case events.Resigned(id=player):
            return told.ReplayResigned(**number, id=player, command_id=command_id)
        case events.PcEnteredHex() | events.PcLeftHex() | events.PcBumped() | events.PcAttacked() | events.Noise():
            return _acted(number, event, after.game)
        case _:
            return _befell(number, event, after)


Act = events.PcEnteredHex | events.PcLeftHex | events.PcBumped | events.PcAttacked | events.Noise
Fate = (
    events.RoundStarted
    | events.Killed
    | events.MinotaurSlain
    | events.Tremor
    | events.Collapsed
    | events.Drained
    | events.ClockCredited
    | events.GameOver
)


def _acted(number: _Number, event: Act, game: Game) -> told.ReplayEvent:
    """What somebody did, and in which hex."""
    match event:
        case events.PcEnteredHex(id=who, from_hex=start, to_hex=end):
            return told.ReplayPcEnteredHex(**number, id=who, hex=_place(end), from_vector=_vector(start - end))
        case events.PcLeftHex(id=who, from_hex=start, to_hex=end):
            return told.ReplayPcLeftHex(**number, id=who, hex=_place(start), to_vector=_vector(end - start))
        case events.PcBumped(id=who, vector=vector):
            here = game.heroes[who].at
            return told.ReplayPcBumped(**number, id=who, hex=_place(here), vector=_vector(vector))
        case events.PcAttacked(id=who, target_id=target, hit=hit, damage=damage, at=at, missed=missed):
            return told.ReplayPcAttacked(
                **number, id=who, target_id=target, hex=_place(at), hit=hit, damage=damage, missed=missed
            )
        case events.Noise(at=at, heard=heard):
            return told.ReplayNoise(**number, hex=_place(at), heard_by=list(heard))
        case _:
            assert_never(event)


def _befell(number: _Number, event: Fate, after: Match) -> told.ReplayEvent:
    """What happened to everyone."""
    match event:
        case events.RoundStarted(ends_at=ends_at):
            return told.ReplayRoundStarted(**number, round_ends_at=rfc3339(ends_at), autopilot=list(autopilots(after)))
        case events.Killed(id=who, by=by):
            return told.ReplayKilled(**number, id=who, by=by)
        case events.MinotaurSlain(by=by, healed=healed):
            return told.ReplayMinotaurSlain(**number, by=by, healed=healed)
        case events.Tremor(ring=ring):
            return told.ReplayTremor(**number, ring=ring)
        case events.Collapsed(ring=ring, minotaur_leaps=leaps):
            return told.ReplayCollapsed(**number, ring=ring, minotaur_leaps=leaps)
        case events.Drained(damage=damage):
            return told.ReplayDrained(**number, damage=damage)
        case events.ClockCredited(ms=ms, why=why):
            return told.ReplayClockCredited(**number, ms=ms, why=why)
        case events.GameOver(winner_id=winner, why=why):
            return told.ReplayGameOver(**number, winner_id=winner, why=why)
        case _:
            assert_never(event)


def _place(place: Coord) -> WireVector:
    return WireVector(place.q, place.r)


def _vector(vector: Vector) -> WireVector:
    return WireVector(vector.q, vector.r)
