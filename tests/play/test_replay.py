"""A replay holds the whole game: what it tells is enough to move every figure from the start to the end."""

import msgspec
from hypothesis import given

from minotaur.play import wire_replay as told
from minotaur.play.match import GameStarted
from minotaur.play.replay import replay_of
from minotaur.rules.commands import WireVector
from minotaur.rules.events import Event
from minotaur.rules.notation_board import parse_board
from minotaur.rules.notation_event import parse_event
from tests.play.driving import Table, tables


def places(replay: told.Replay) -> dict[str, WireVector]:
    """Where everyone stands at the end, by the replay alone."""
    at = {hero.id: WireVector(hero.q, hero.r) for hero in replay.initial.heroes}
    if replay.initial.minotaur is not None:
        at["minotaur"] = WireVector(replay.initial.minotaur.q, replay.initial.minotaur.r)
    for event in replay.events:
        match event:
            case told.ReplayPcLeftHex():
                assert at[event.id] == event.hex
            case told.ReplayPcEnteredHex():
                back = event.from_vector
                assert at[event.id] == WireVector(event.hex.q + back.q, event.hex.r + back.r)
                at[event.id] = event.hex
            case told.ReplayPcBumped() | told.ReplayPcAttacked():
                assert at[event.id] == event.hex
            case told.ReplayCollapsed() if event.minotaur_leaps:
                at["minotaur"] = replay.initial.lair
            case _:
                pass
    return at


def healths(replay: told.Replay) -> dict[str, int]:
    """Who has how much health at the end, by the replay alone."""
    full = {hero.id: hero.health for hero in replay.initial.heroes}
    health = dict(full)
    if replay.initial.minotaur is not None:
        health["minotaur"] = replay.initial.minotaur.health
    dead: set[str] = set()
    for event in replay.events:
        match event:
            case told.ReplayPcAttacked():
                health[event.target_id] = max(0, health[event.target_id] - event.damage)
            case told.ReplayDrained():
                health |= {hero: max(0, health[hero] - event.damage) for hero in full if hero not in dead}
            case told.ReplayMinotaurSlain():
                health |= {hero: full[hero] for hero in event.healed}
            case told.ReplayKilled() | told.ReplayResigned():
                dead.add(event.id)
            case _:
                pass
    return health


@given(tables())
def test_the_replay_moves_everyone_from_the_start_to_the_end(table: Table) -> None:
    if table.match.game is None:
        return
    table.play_out()

    replay = replay_of(table.journal)

    game = table.game
    at = {player: WireVector(hero.at.q, hero.at.r) for player, hero in game.heroes.items()}
    health = {str(player): hero.health for player, hero in game.heroes.items()}
    if game.minotaur is not None:
        at["minotaur"] = WireVector(game.minotaur.at.q, game.minotaur.at.r)  # type: ignore[index]
        health["minotaur"] = game.minotaur.health
    assert places(replay) == at
    assert healths(replay) == health


@given(tables())
def test_the_replay_has_every_number_from_the_start_to_the_end(table: Table) -> None:
    if table.match.game is None:
        return
    table.play_out()

    replay = replay_of(table.journal)

    assert [event.seq for event in replay.events] == list(range(1, table.seq + 1))
    assert isinstance(replay.events[-1], told.ReplayGameOver)
    assert replay.events[-1].winner_id == table.game.winner_id
    assert msgspec.json.decode(msgspec.json.encode(replay), type=told.Replay) == replay


@given(tables())
def test_the_replay_tells_board_and_events_in_their_notation_too(table: Table) -> None:
    if table.match.game is None:
        return
    table.play_out()

    replay = replay_of(table.journal)

    begun = next(entry.event for entry in table.journal if isinstance(entry.event, GameStarted))
    told_in_notation = [parse_event(event.notation) for event in replay.events if event.notation]
    assert parse_board(replay.initial.notation).floor == begun.game.floor
    assert told_in_notation == [entry.event for entry in table.journal if isinstance(entry.event, Event)]


@given(tables())
def test_every_accepted_command_is_in_the_replay_once(table: Table) -> None:
    if table.match.game is None:
        return
    table.play_out()

    replay = replay_of(table.journal)

    commands = [entry.receipt.command_id for entry in table.journal if entry.receipt is not None]
    replayed = [getattr(event, "command_id", None) for event in replay.events]
    assert [command_id for command_id in replayed if command_id is not None] == commands
