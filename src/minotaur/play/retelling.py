"""A replay that was kept in a file, played once more: what stood where after every step, and what led there.

A replay holds each event of the rules in their notation, so the rules themselves play it: nothing is told twice, and a
viewer's part of it is what they were told then.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Final

import msgspec
from msgspec.structs import replace

from minotaur.play.wire_replay import Replay, ReplayEvent, ReplayInitial
from minotaur.rules.commands import Steps
from minotaur.rules.events import Event, PlanAccepted
from minotaur.rules.evolve import evolve
from minotaur.rules.game import Game
from minotaur.rules.names import PlayerId
from minotaur.rules.new_game import opened
from minotaur.rules.notation_board import parse_board
from minotaur.rules.notation_event import parse_event
from minotaur.rules.settings import Settings
from minotaur.rules.soundness import check_settings

AFTERMATH: Final = 5
"""The moment behind the four steps of a round: what falls, who starves, and how the game ends."""

_DECODER: Final = msgspec.json.Decoder(Replay)


class UnreadableReplayError(ValueError):
    """What was given is no replay of this game, or one of a newer release."""


class Moment(msgspec.Struct, frozen=True):
    """A round as it stood at one of its moments: 0 with its plans, 1 to 4 after that step, ``AFTERMATH`` at its end.

    ``events``: what happened since the moment before. ``plans``: what each living hero was going to do in this round.
    """

    round: int
    step: int
    game: Game
    events: tuple[Event, ...]
    plans: Mapping[PlayerId, Steps]


class Retold(msgspec.Struct, frozen=True):
    """A whole game: how it began, and its moments in order, one at least."""

    initial: ReplayInitial
    moments: tuple[Moment, ...]


def retold(text: bytes) -> Retold:
    """The game in the JSON that ``GET /games/{join_code}/replay`` gives. Raises ``UnreadableReplayError``."""
    try:
        replay = _DECODER.decode(text)
    except (msgspec.MsgspecError, UnicodeDecodeError) as wrong:
        raise UnreadableReplayError(f"it is no replay that this release reads: {wrong}") from wrong
    try:
        start = _start(replay.initial)
    except Exception as wrong:
        raise UnreadableReplayError(f"its beginning can't be read: {wrong}") from wrong
    return Retold(replay.initial, tuple(_moments(start, replay.events)))


def _start(initial: ReplayInitial) -> Game:
    board = parse_board(initial.notation)
    settings = msgspec.convert(initial.settings, Settings)
    check_settings(settings)
    bots = {member.player_id for member in initial.members if member.is_bot}
    if list(board.heroes) != [member.player_id for member in initial.members] or board.radius != settings.radius:
        raise ValueError("its board is that of another game")
    return opened(
        Game(
            settings=settings,
            seed=initial.seed,
            lair=board.lair,
            floor=board.floor,
            collapsed=board.collapsed,
            heroes={player: replace(hero, is_bot=player in bots) for player, hero in board.heroes.items()},
            minotaur=board.minotaur,
            round=1,
            round_ends_at=0,  # when it was played is of no matter to who watches
            round_ms=settings.round_ms,
            touched_in=1,
        )
    )


def _moments(game: Game, told: Sequence[ReplayEvent]) -> Iterator[Moment]:
    happened = [(each.seq, _parsed(each)) for each in told if each.notation]
    if not happened:
        yield Moment(game.round, 0, game, (), {})
    for round_number, numbered in groupby(happened, lambda each: each[1].round):
        of_round = list(numbered)
        plans = {event.player_id: event.steps for _, event in of_round if isinstance(event, PlanAccepted)}
        for step, events in _cut([event for _, event in of_round]):
            game = _after(game, events)
            yield Moment(round_number, step, game, events, plans)


def _parsed(told: ReplayEvent) -> Event:
    try:
        return parse_event(told.notation)
    except ValueError as wrong:
        raise UnreadableReplayError(f"its entry {told.seq} can't be read: {wrong}") from wrong


def _after(game: Game, events: Sequence[Event]) -> Game:
    for event in events:
        try:
            game = evolve(game, event)
        except Exception as wrong:
            raise UnreadableReplayError(
                f"in round {event.round} something happens that can't: {type(event).__name__}"
            ) from wrong
    return game


def _cut(events: Sequence[Event]) -> Iterator[tuple[int, tuple[Event, ...]]]:
    """The plans always; of the rest the moments in which something happened."""
    moments = dict[int, list[Event]]({0: []})
    at = 0
    for event in events:
        if event.step:
            at = event.step
        elif at:
            at = AFTERMATH
        moments.setdefault(at, []).append(event)
    return ((step, tuple(of_step)) for step, of_step in moments.items())
