"""The one-line notation: what is written is read back, and anything else is refused."""

from typing import get_args

import pytest

from minotaur.hexgrid.coord import Coord
from minotaur.rules.commands import Attack, Wait
from minotaur.rules.events import Event
from minotaur.rules.names import PlayerId
from minotaur.rules.new_game import new_game
from minotaur.rules.notation import NotationError, format_plan, parse_coord, parse_plan
from minotaur.rules.notation_board import format_board, parse_board
from minotaur.rules.notation_event import format_event, parse_event
from minotaur.rules.settings import Settings, classic, labyrinth
from tests.rules.stage import P1, P2, at, play_round, stage

EVENTS = [
    "3.1 pc_attacked id=minotaur target_id=p1 hit=no damage=0 at=-1,2 witnesses=-",
    "3.1 noise at=-1,2 heard=p1:E,p2:NW remembered=yes",
    "3.1 noise at=-1,2 heard=- remembered=no",
    "3.1 killed id=p1 by=p2,minotaur",
    "3.2 minotaur_slain by=p1,p2 healed=p2",
    "3.1 pc_bumped id=p1 vector=SW",
    "3.1 pc_left_hex id=p1 from_hex=1,0 to_hex=0,0 witnesses=p2",
    "3.1 pc_entered_hex id=p1 from_hex=1,0 to_hex=0,0 witnesses=p1,p2",
    "3.0 plan_accepted player_id=p1 steps=E,*p2,. by_bot=no",
    "3.0 plan_accepted player_id=p1 steps=- by_bot=yes",
    "3.0 ready_accepted player_id=p1",
    "3.0 collapsed ring=4 minotaur_leaps=no",
    "3.0 drained damage=2",
    "4.0 round_started ends_at=1060000 length_ms=30000 watched=no away=-",
    "4.0 round_started ends_at=1060000 length_ms=- watched=yes away=p1,p3",
    "4.0 tremor ring=3",
    "4.0 resigned id=p2",
    "4.0 clock_credited ms=1500 why=paused",
    "4.0 game_over winner_id=- why=-",
    "4.0 game_over winner_id=p3 why=-",
    "24.0 game_over winner_id=- why=untouched",
]


def test_a_plan_is_written_step_by_step() -> None:
    assert format_plan(parse_plan("E,SE,SW,W,NW,NE,*minotaur,.")) == "E,SE,SW,W,NW,NE,*minotaur,."
    assert parse_plan("*p2,.") == (Attack("p2"), Wait())
    assert format_plan(()) == "-"
    assert parse_plan("-") == ()


@pytest.mark.parametrize("text", ["", "e", "E,", "E E", "*", "*P2", "N", "-,-", "E,-", "q", "*p2 "])
def test_anything_else_is_no_plan(text: str) -> None:
    with pytest.raises(NotationError):
        parse_plan(text)


@pytest.mark.parametrize("text", ["", "1", "1,", "1,2,3", "1, 2", "+1,2", "a,b", "1000,0", "١,٢"])
def test_anything_else_is_no_hex(text: str) -> None:
    with pytest.raises(NotationError):
        parse_coord(text)


@pytest.mark.parametrize("line", EVENTS)
def test_an_event_is_written_and_read_back(line: str) -> None:
    assert format_event(parse_event(line)) == line


def test_every_kind_of_event_has_a_notation() -> None:
    assert {line.split(" ")[1] for line in EVENTS} == {cls.__struct_config__.tag for cls in get_args(Event)}


@pytest.mark.parametrize(
    "line",
    [
        "",
        "3.1",
        "3.1 pc_flew id=p1",
        "3.1 killed id=p1",
        "3.1 killed by=p2 id=p1",
        "3.1 killed id=p1 by=p2 at=0,0",
        "3.1 killed id=p1 by=p2 ",
        "3 killed id=p1 by=p2",
        "x.1 killed id=p1 by=p2",
        "3.1 collapsed ring=x minotaur_leaps=no",
        "3.1 collapsed ring=4 minotaur_leaps=maybe",
        "3.1 noise at=0,0 heard=p1 remembered=no",
        "3.1 pc_bumped id=p1 vector=UP",
    ],
)
def test_anything_else_is_no_event(line: str) -> None:
    with pytest.raises(NotationError):
        parse_event(line)


@pytest.mark.parametrize("settings", [labyrinth(2), labyrinth(4), labyrinth(8), classic(3), labyrinth(2, radius=7)])
def test_the_board_of_a_game_is_written_and_read_back(settings: Settings) -> None:
    game = new_game(settings, 5, ("human",) * settings.seats, 0)

    board = parse_board(format_board(game))

    assert (board.radius, board.lair, board.floor) == (settings.radius, game.lair, game.floor)
    assert [(hero.at, hero.health, hero.ap) for hero in board.heroes.values()] == [
        (hero.at, hero.health, hero.ap) for hero in game.heroes.values()
    ]
    assert board.minotaur == game.minotaur


def test_a_board_shows_rock_chasms_and_the_dead() -> None:
    _, game = play_round(stage("p1@3,0 p2@0,0 p3@1,0 minotaur@0,0:3", rocks="1,-1", round_number=10), p2="*minotaur")

    text = format_board(game)

    assert text == (
        "3@0,0 ~~~~/~...~/~..#.~/~.....~/~....~/~...~/~~~~ p1@3,0:10+4x p2@0,0:10+4 p3@1,0:10+4 minotaur@0,0:0x"
    )
    board = parse_board(text)
    assert not board.heroes[P1].alive
    assert board.heroes[P2].alive
    assert board.heroes[PlayerId("p3")].at == Coord(1, 0)
    assert board.minotaur is not None
    assert not board.minotaur.alive


def test_a_board_may_lie_anywhere_on_the_field() -> None:
    text = "3@-2,5 ..../...../....../......./....../...../.... p1@-2,5:10+4"

    assert at("-2,8") in parse_board(text).floor
    assert at("0,0") not in parse_board(text).floor


ROWS = "..../...../....../......./....../...../...."


@pytest.mark.parametrize(
    "text",
    [
        "",
        "3@0,0",
        f"x@0,0 {ROWS}",
        f"8@0,0 {ROWS}",
        f"3@0 {ROWS}",
        f"3@0,13 {ROWS}",
        "3@0,0 .../...../....../......./....../...../....",
        "3@0,0 ....",
        f"3@0,0 {ROWS.replace('.', '?')}",
        f"3@0,0 {ROWS} p9@0,0:10+2",
        f"3@0,0 {ROWS} p1@0,0:10",
        f"3@0,0 {ROWS} p1@9,9:10+2",
        f"3@0,0 {ROWS} p1@0,0:10+2 p1@1,0:10+2",
        f"3@0,0 {ROWS} minotaur@0,0",
        f"3@0,0 {ROWS} minotaur@0,0:20 p1@0,0:10+2",
    ],
)
def test_anything_else_is_no_board(text: str) -> None:
    with pytest.raises(NotationError):
        parse_board(text)
