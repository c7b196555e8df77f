"""The log of a match that an earlier release kept."""

import msgspec
import pytest

from minotaur.play.codec import MatchCodec
from minotaur.play.machine import MatchMachine
from minotaur.rules.settings import labyrinth
from tests.play.driving import Table


@pytest.mark.parametrize("version", [1, 2, 3])
def test_a_stored_state_of_any_age_goes_on_logging(version: int) -> None:
    table = Table.laid(labyrinth(2))
    plain = msgspec.json.decode(MatchCodec().encode_state(table.match))
    plain["events_log"] = {"since": 0, "count": 0, "lines": []}
    if version == 1:
        del plain["events_log"]
    match = MatchCodec().decode_state(msgspec.json.encode(plain), version)

    table.start(humans=1)
    for entry in table.journal[1:]:
        assert entry.event is not None
        match = MatchMachine().evolve(match, entry.event, entry.seq)

    log = match.events_log
    assert log.shown_to(None) == table.match.events_log.shown_to(None)
    assert (log.since, log.own_since) == (1 if version == 1 else 0, table.seq)
    assert log.last_number(None, table.seq) == table.seq
