"""No match that can be is ever refused; what nobody can come to is, by name.

Those of earlier releases are read, and so checked, in ``tests/golden/test_stored.py``.
"""

import json
from collections.abc import Callable
from typing import Any, Final

import pytest
from hypothesis import given

from clew.sessions.records import Committed
from minotaur.hexgrid.coord import Coord
from minotaur.hexgrid.hexset import HexSet
from minotaur.play.codec import STATE_VERSION, MatchCodec
from minotaur.play.match import Match, MatchEvent
from minotaur.rules.settings import labyrinth
from tests.play.driving import GAME, MACHINE, Table, tables

CODE = "ABC234"
FAR = HexSet.of([Coord(9, 0)]).text


@given(tables())
def test_no_state_of_any_match_is_refused(table: Table) -> None:
    for state in [table.match, *(state for commit in table.commits for state in _states(commit))]:
        MACHINE.check(state, GAME, CODE)


@given(tables())
def test_no_state_at_the_end_of_a_match_is_refused(table: Table) -> None:
    if table.match.status == "active":
        table.play_out()

    for commit in table.commits:
        MACHINE.check(commit.after, GAME, CODE)


def _states(commit: Committed[Match, MatchEvent]) -> tuple[Match, Match]:
    return commit.before, commit.after


Spoil = Callable[[dict[str, Any]], object]


def spoiled(spoil: Spoil, *, rounds: int = 2) -> Match:
    """A match in a later round, with one thing in it that can't be."""
    table = Table.laid(labyrinth(3), bots=1)
    table.start(2)
    for _ in range(rounds):
        table.end_round()
    codec = MatchCodec()
    raw = json.loads(codec.encode_state(table.match))
    spoil(raw)
    return codec.decode_state(json.dumps(raw).encode(), STATE_VERSION)


SPOILED: Final[list[tuple[Spoil, str]]] = [
    (lambda raw: raw.update(game_id="g2"), "it is of game g2"),
    (lambda raw: raw.update(join_code="ABC235"), "with join code ABC235"),
    (lambda raw: raw.update(status="lobby"), "it is lobby with a game"),
    (lambda raw: raw.update(status="concluded"), "it is concluded, and its game active"),
    (lambda raw: raw.update(game=None), "it is active without a game"),
    (lambda raw: raw["members"].pop(), "its game began with 2 of 3"),
    (lambda raw: raw["members"].reverse(), "its members are p3, p2, p1"),
    (lambda raw: raw.update(members=[]), "its members are none"),
    (lambda raw: raw["members"][0].update(user_id=None), "its people are p2, and others arrived"),
    (lambda raw: raw.update(host_id="p3"), "its host sits in p3, and no person does"),
    (lambda raw: raw.update(arrived=["p1", "p2", "p2"]), "its people are p1, p2, and others arrived"),
    (lambda raw: raw.update(sent_away=[raw["members"][1]["user_id"]]), "somebody sits in it twice, or was sent away"),
    (lambda raw: raw.update(bots=3), "too many bots"),
    (lambda raw: raw["members"][1].update(user_id=None), "its people are p1, and others arrived"),
    (lambda raw: raw["settings"].update(radius=10**9), "radius is 1000000000, not 3 to 7"),
    (lambda raw: raw["settings"].update(seats=9), "seats is 9"),
    (lambda raw: raw.update(seed=7), "from another seed"),
    (lambda raw: raw["game"].update(round=0), "round is 0"),
    (lambda raw: raw["game"].update(round=101), "round is 101"),
    (lambda raw: raw["game"].update(round_ends_at=2**60), "round_ends_at is"),
    (lambda raw: raw["game"].update(floor=""), "its lair is no floor"),
    (lambda raw: raw["game"].update(collapsed=raw["game"]["floor"]), "hexes that can't be"),
    (lambda raw: raw["game"].update(winner_id="p1"), "it goes on, and has ended"),
    (lambda raw: raw["game"].update(minotaur=None), "a Minotaur, or none"),
    (lambda raw: raw["game"]["minotaur"].update(health=14), "the Minotaur's health is 14, not 1 to 13"),
    (lambda raw: raw["game"]["minotaur"].update(at=[9, 9]), "the Minotaur stands where it can't"),
    (lambda raw: raw["game"].update(pictures=raw["game"]["pictures"] * 9), "pictures"),
    (lambda raw: raw["game"]["heroes"]["p2"].update(health=11), "p2 health is 11, not 1 to 10"),
    (lambda raw: raw["game"]["heroes"]["p2"].update(health=0), "p2 health is 0"),
    (lambda raw: raw["game"]["heroes"]["p2"].update(ap=-1), "p2 ap is -1, not 0 to 4"),
    (lambda raw: raw["game"]["heroes"]["p2"].update(alive=False), "p2 lives, and died"),
    (lambda raw: raw["game"]["heroes"]["p2"].update(at=[4, 4]), "p2 stands where nobody can"),
    (lambda raw: raw["game"]["heroes"]["p2"].update(rock_seen=FAR), "p2 has seen hexes"),
    (lambda raw: raw["game"]["heroes"]["p2"].update(plan=[{"type": "wait"}] * 5), "p2 has a plan that can't be"),
    (
        lambda raw: raw["game"]["heroes"]["p2"].update(plan=[{"type": "move", "vector": {"q": 3, "r": 0}}]),
        "p2 has a plan that can't be",
    ),
    (lambda raw: raw["game"]["heroes"].pop("p3"), "its heroes are not its members'"),
]


@pytest.mark.parametrize(("spoil", "words"), SPOILED)
def test_what_no_match_can_come_to_is_refused_by_name(spoil: Spoil, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        MACHINE.check(spoiled(spoil), GAME, CODE)
