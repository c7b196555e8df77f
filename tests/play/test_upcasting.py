"""Each step from one version to the next, and all of them in a row, on the bytes that releases stored."""

from copy import deepcopy
from typing import Any

import msgspec
import pytest
from msgspec.structs import replace

from clew.sessions.session.bodies import read_entry, read_session
from clew.tables.log.events_log import EventsLog
from minotaur.play.codec import EVENT_VERSION, STATE_VERSION, MatchCodec
from minotaur.play.match import Match
from minotaur.play.upcasting import EVENTS, STATES, upcast
from tests.golden import stored
from tests.golden.stored import Record
from tests.play.driving import MACHINE

CODEC = MatchCodec()
OLD = range(1, STATE_VERSION)
PEOPLE = {"members", "host_id", "arrived", "sent_away"}


def record(version: int, name: str = "labyrinth") -> Record:
    return stored.read(stored.folder(version) / f"{name}.jsonl")


def states(version: int) -> list[dict[str, Any]]:
    return [msgspec.json.decode(commit.state)["state"] for commit in record(version).commits if commit.state]


def events(version: int) -> list[dict[str, Any]]:
    bodies = [msgspec.json.decode(line.body) for line in record(version).entries]
    return [body["event"] for body in bodies if body["event"] is not None]


def test_there_is_a_step_from_every_version_to_the_next() -> None:
    assert list(STATES) == list(range(1, STATE_VERSION))
    assert list(EVENTS) == list(range(1, EVENT_VERSION))


@pytest.mark.parametrize("version", OLD)
def test_a_step_changes_only_what_it_is_for_and_not_what_it_was_given(version: int) -> None:
    fresh = {1: {"events_log"}, 2: {"game"}, 3: {"events_log", "game", "settings", "seed_chosen", *PEOPLE}}[version]
    for state in states(version):
        before = deepcopy(state)

        after = STATES[version](state)

        assert state == before
        assert {key for key in after if key not in state or after[key] != state[key]} <= fresh
        assert state.keys() <= after.keys()


@pytest.mark.parametrize("version", OLD)
@pytest.mark.parametrize("name", ["labyrinth", "classic"])
def test_an_old_state_says_what_its_old_journal_comes_to(version: int, name: str) -> None:
    old = record(version, name)
    journal = [read_entry(CODEC, entry) for entry in old.journal()]
    for moment in old.moments():
        match: Match | None = None
        for entry in journal[: moment.seq]:
            if entry.event is not None:
                match = MACHINE.evolve(match, entry.event, entry.seq)
        assert match is not None

        read = read_session(MACHINE, CODEC, moment).state

        assert _counting_from_now(read) == _counting_from_now(match)


def _counting_from_now(match: Match) -> Match:
    """Without the log; and in a game of before, nobody counted the rounds without people."""
    game = None if match.game is None else replace(match.game, touched_in=match.game.round)
    return replace(match, events_log=EventsLog(), game=game)


def test_a_round_of_bots_alone_is_known_to_be_a_short_one() -> None:
    state = next(state for state in states(2) if state["game"] and state["game"]["round"] > 1)
    heroes = {player: {**hero, "is_bot": True} for player, hero in state["game"]["heroes"].items()}
    of_bots = {**state, "game": {**state["game"], "heroes": heroes}}

    assert STATES[2](state)["game"]["round_ms"] == 30_000
    assert STATES[2](of_bots)["game"]["round_ms"] == 3_000


def test_lines_of_an_old_log_lose_their_numbers_and_nothing_else() -> None:
    state = states(3)[-1]

    log = STATES[3](state)["events_log"]

    assert log["count"] == len(log["lines"]) > 0
    assert [[seq, to, {"seq": seq, **shown}] for seq, to, shown in log["lines"]] == state["events_log"]["lines"]
    assert (log["since"], log["own_since"]) == (state["events_log"]["since"], None)


def test_of_past_rounds_nobody_wrote_down_how_long_they_were() -> None:
    by_type = {event["type"]: EVENTS[1](event) for event in events(1)}

    assert by_type["round_started"]["length_ms"] is None
    assert by_type["game_started"]["game"]["round_ms"] == 30_000
    assert by_type["killed"] in events(1)


@pytest.mark.parametrize("version", OLD)
def test_rounds_without_people_are_counted_from_the_state_that_was_read(version: int) -> None:
    for state in states(version):
        match = CODEC.decode_state(msgspec.json.encode(state), version)

        assert match.settings.untouched_max == 20
        assert match.game is None or (match.game.touched_in, match.game.over_why) == (match.game.round, None)


def test_what_was_credited_before_there_was_a_reason_was_a_restart() -> None:
    by_type = {event["type"]: EVENTS[2](event) for event in events(3)}

    assert by_type["clock_credited"]["why"] == "restart"
    assert by_type["killed"] in events(3)


@pytest.mark.parametrize("raw", [b"", b"[]", b"{", b"null", b"3", b'"text"', b"[" * 100_000, b'{"game": 7}', b"\xff"])
def test_old_bytes_that_are_no_state_are_an_error_like_any_others(raw: bytes) -> None:
    with pytest.raises((msgspec.MsgspecError, KeyError, TypeError, RecursionError, ValueError)):
        upcast("state", raw, 1, STATE_VERSION, STATES)
