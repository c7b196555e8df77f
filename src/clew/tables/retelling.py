"""A finished table told in lines of text, from its replay file: who planned what, what happened, how it stood."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple, assert_never

import msgspec

from clew.game import AnyGame, Seat
from clew.tables.serving import wire_replay as told

_ENCODER: Final = msgspec.json.Encoder()


class UnreadableReplay(Exception):
    """The message says why this is no replay of that game."""


class RetoldLine(NamedTuple):
    """``round``: 0 before the first. ``begins``: it says that this round begins."""

    round: int
    text: str
    begins: bool = False


def retold(game: AnyGame, text: bytes) -> Iterator[RetoldLine]:
    """A replay file, line by line; whatever it was given to say is made harmless to a terminal.

    Raises ``UnreadableReplay`` before the first line, but for what ``game.describe`` raises.
    """
    try:
        kind = msgspec.json.decode(text, type=_Head).initial.kind
        if kind != game.kind:
            raise UnreadableReplay(f"it is a replay of {printable(kind)}, not of {game.kind}")
        replay: told.Replay = msgspec.json.decode(text, type=told.replay_type(game))
    except msgspec.MsgspecError as wrong:
        raise UnreadableReplay(f"it is no replay of {game.kind}: {wrong}") from wrong
    return _lines(game, replay)


def printable(text: str) -> str:
    """The text in one line, what could turn or move anything replaced."""
    return "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in text)


class _Kind(msgspec.Struct):
    kind: str


class _Head(msgspec.Struct):
    initial: _Kind


def _lines(game: AnyGame, replay: told.Replay) -> Iterator[RetoldLine]:
    names = {each.player_id: each.display_name for each in replay.initial.members}
    states = {state.seq: state for state in replay.states}
    for event in replay.events:
        yield RetoldLine(event.round, printable(_line(event, names)), isinstance(event, _BEGIN))
        if (state := states.get(event.seq)) is not None:
            yield RetoldLine(state.round, f"= {printable(game.describe(state.state))}")


_BEGIN: Final = (told.ReplayGameStarted, told.ReplayRoundStarted)


def _line(event: told.AnyReplayEvent, names: Mapping[Seat, str]) -> str:
    def of(seat: Seat) -> str:
        return names.get(seat, seat)

    match event:
        case told.ReplayGameCreated(display_name=name):
            return f"{name} makes the game"
        case told.ReplayPlayerJoined(display_name=name):
            return f"{name} sits down"
        case told.ReplayLeft(display_name=name):
            return f"{name} leaves"
        case told.ReplaySentAway(display_name=name):
            return f"{name} is sent away"
        case told.ReplayReleased(display_name=name):
            return f"the seat that was kept for {name} is free"
        case told.ReplayHostPassed(id=seat):
            return f"{of(seat)} is host"
        case told.ReplaySeatChanged(seat=place, bot=bot):
            return f"seat {place} is empty" if bot is None else f"a bot ({bot}) takes seat {place}"
        case told.ReplaySettingsChanged():
            return "the rules are changed"
        case told.ReplayGameStarted(on_turn=on_turn) | told.ReplayRoundStarted(on_turn=on_turn):
            return f"Round {max(event.round, 1)}: {_listed([of(seat) for seat in on_turn])}"
        case told.ReplayPlanAccepted(id=seat, plan=plan):
            return f"{of(seat)} plans {_ENCODER.encode(plan).decode()}"
        case told.ReplayReadyAccepted(id=seat):
            return f"{of(seat)} is ready"
        case told.ReplayResigned(id=seat):
            return f"{of(seat)} gives up"
        case told.ReplayHappened(event=happened):
            return f"happened: {_ENCODER.encode(happened).decode()}"
        case told.ReplayClockCredited(ms=ms, why=why):
            return f"the round ends {ms / 1_000:g} s later: {why}"
        case told.ReplayAgreed(id=seat, to=to):
            return f"{of(seat)} agrees to {to}"
        case told.ReplayPaused():
            return "the clock stands"
        case told.ReplayWentOn():
            return "the clock goes on"
        case told.ReplayAutopilotBegan(id=seat):
            return f"a bot plans for {of(seat)}"
        case told.ReplayGameOver(winner_ids=winners, why=why):
            won = f"{_listed([of(seat) for seat in winners])} won" if winners else "nobody won"
            return f"The game is over: {won}" + ("" if why is None else f" ({why})")
        case told.ReplayCommandRefused(id=seat, code=code):
            return f"{of(seat)} is refused something: {code}"
        case _:
            assert_never(event)


def _listed(names: Sequence[str]) -> str:
    return ", ".join(names) or "nobody"
