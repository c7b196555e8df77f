"""What any release wrote, this one reads: golden bytes of every version of states and events."""

from typing import get_args

import pytest

from minotaur.play.codec import EVENT_VERSION, STATE_VERSION, MatchCodec
from minotaur.rules.events import Event
from tests.play.driving import MACHINE
from tests.play.golden import events_path, state_path

CODEC = MatchCodec()


@pytest.mark.parametrize("version", range(1, STATE_VERSION + 1))
def test_states_of_this_version_are_read(version: int) -> None:
    lines = state_path(version).read_bytes().splitlines()

    states = [CODEC.decode_state(line, version) for line in lines]

    assert {state.status for state in states} == {"lobby", "active", "concluded"}
    if version == STATE_VERSION:
        assert [CODEC.encode_state(state) for state in states] == lines


@pytest.mark.parametrize("version", range(1, EVENT_VERSION + 1))
def test_events_of_this_version_are_read_and_come_to_the_same_end(version: int) -> None:
    lines = events_path(version).read_bytes().splitlines()
    last = state_path(STATE_VERSION).read_bytes().splitlines()[-1]

    events = [CODEC.decode_event(line, version) for line in lines]

    match = None
    for event in events:
        match = MACHINE.evolve(match, event)
    assert match == CODEC.decode_state(last, STATE_VERSION)
    if version == EVENT_VERSION:
        assert [CODEC.encode_event(event) for event in events] == lines
        assert set(get_args(Event)) <= {type(event) for event in events}
