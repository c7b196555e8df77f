"""A replay in a file is played once more by the rules, and comes to the very game that it is of."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import msgspec
import pytest
from hypothesis import given

from minotaur.play.replay import replay_of
from minotaur.play.retelling import AFTERMATH, UnreadableReplayError, retold
from minotaur.rules.sight import sight
from tests.play.driving import Table, tables

KEPT: Final = Path("tests/golden/stored")


def kept_replay() -> dict[str, Any]:
    """Of a game that was written down: the newest version there is."""
    newest = max(KEPT.glob("state-*/labyrinth.replay.json"))
    return json.loads(newest.read_bytes())["replay"]


@given(tables())
def test_the_last_moment_is_the_game_as_it_ended_and_everyone_sees_what_they_saw(table: Table) -> None:
    if table.match.game is None:
        return
    table.play_out()

    game = retold(msgspec.json.encode(replay_of(table.journal))).moments[-1].game

    assert (game.floor, game.collapsed, game.winner_id, game.minotaur) == (
        table.game.floor,
        table.game.collapsed,
        table.game.winner_id,
        table.game.minotaur,
    )
    assert game.heroes == table.game.heroes
    for viewer in (None, *game.heroes):
        assert sight(game, viewer) == sight(table.game, viewer)


@given(tables())
def test_moments_go_on_in_order_and_leave_nothing_out(table: Table) -> None:
    if table.match.game is None:
        return
    table.play_out()
    replay = replay_of(table.journal)

    moments = retold(msgspec.json.encode(replay)).moments

    assert [(moment.round, moment.step) for moment in moments] == sorted(
        {(moment.round, moment.step) for moment in moments}
    )
    assert all(0 <= moment.step <= AFTERMATH for moment in moments)
    assert sum(len(moment.events) for moment in moments) == sum(bool(event.notation) for event in replay.events)


def _nothing(_: dict[str, Any]) -> dict[str, Any]:
    return {}


def _new_event(replay: dict[str, Any]) -> dict[str, Any]:
    return {**replay, "events": [*replay["events"], {"type": "sang", "seq": 9_999, "at": "", "round": 1}]}


def _no_board(replay: dict[str, Any]) -> dict[str, Any]:
    return {**replay, "initial": {**replay["initial"], "notation": "2@0,0 ..."}}


def _huge_board(replay: dict[str, Any]) -> dict[str, Any]:
    settings = {**replay["initial"]["settings"], "radius": 10**9}
    return {**replay, "initial": {**replay["initial"], "settings": settings}}


def _odd_event(replay: dict[str, Any]) -> dict[str, Any]:
    events = [{**each, "notation": "1.1 sang"} if each.get("notation") else each for each in replay["events"]]
    return {**replay, "events": events}


def _impossible(replay: dict[str, Any]) -> dict[str, Any]:
    events = [
        {**each, "notation": each["notation"].replace("id=p1", "id=p8")} if each.get("notation") else each
        for each in replay["events"]
    ]
    return {**replay, "events": events}


@pytest.mark.parametrize("spoil", [_nothing, _new_event, _no_board, _huge_board, _odd_event, _impossible])
def test_what_is_no_replay_is_said_to_be_none(spoil: Callable[[dict[str, Any]], dict[str, Any]]) -> None:
    with pytest.raises(UnreadableReplayError):
        retold(json.dumps(spoil(kept_replay())).encode())
