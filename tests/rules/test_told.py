"""RULES, What a player may know: which events everyone learns of, and in what shape they reach a player."""

import msgspec
import pytest

from minotaur.rules.commands import CreditClock, Resign
from minotaur.rules.decide import Decided, decide
from minotaur.rules.events import (
    ClockCredited,
    Collapsed,
    Drained,
    Event,
    GameOver,
    Killed,
    MinotaurSlain,
    PcEnteredHex,
    Resigned,
    RoundStarted,
    Tremor,
)
from minotaur.rules.names import PlayerId
from minotaur.rules.told import tell
from tests.rules.stage import NOON, P1, P2, at, stage, told

PUBLIC: list[tuple[Event, str]] = [
    (RoundStarted(round=2, ends_at=99, length_ms=9), "2.0 round_started"),
    (Killed(round=2, step=1, id=P1, by=("p2", "minotaur")), "2.1 killed id=p1 by=p2,minotaur"),
    (Killed(round=2, id=P1, by=("collapse",)), "2.0 killed id=p1 by=collapse"),
    (Resigned(round=2, id=P1), "2.0 resigned id=p1"),
    (MinotaurSlain(round=2, step=1, by=(P1, P2), healed=(P1,)), "2.1 minotaur_slain by=p1,p2"),
    (Tremor(round=2, ring=4), "2.0 tremor"),
    (Collapsed(round=2, ring=4, minotaur_leaps=True), "2.0 collapsed"),
    (Drained(round=2, damage=2), "2.0 drained damage=2"),
    (ClockCredited(round=2, ms=1500, why="moved"), "2.0 clock_credited ms=1500 why=moved"),
    (GameOver(round=2, winner_id=P1), "2.0 game_over winner_id=p1 why=-"),
    (GameOver(round=2, winner_id=None), "2.0 game_over winner_id=- why=-"),
    (GameOver(round=2, winner_id=None, why="untouched"), "2.0 game_over winner_id=- why=untouched"),
]


@pytest.mark.parametrize(("event", "text"), PUBLIC)
@pytest.mark.parametrize("viewer", [P1, P2, PlayerId("p8"), None])
def test_everyone_learns_of_public_events_and_of_no_place_in_them(
    event: Event, text: str, viewer: PlayerId | None
) -> None:
    assert told([event], viewer) == [text]


def test_a_resignation_and_a_credit_are_public() -> None:
    for command in (Resign(P1), CreditClock(5, "restart")):
        answer = decide(stage("p1@0,0 p2@3,0 p3@0,3"), command, NOON)
        assert isinstance(answer, Decided)
        assert len(told(answer.events, None)) == len(answer.events) == 1


def test_what_is_told_has_the_names_and_fields_of_the_protocol() -> None:
    event = PcEnteredHex(round=3, step=2, id="p1", from_hex=at("1,0"), to_hex=at("0,0"), witnesses=(P1,))

    telling = tell(event, P1)

    assert msgspec.json.decode(msgspec.json.encode(telling)) == {
        "type": "pc_entered_hex",
        "round": 3,
        "step": 2,
        "id": "p1",
        "from_vector": {"q": 1, "r": 0},
    }
    assert tell(event, P2) is None
    assert tell(event, None) is None
