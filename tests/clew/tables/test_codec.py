"""What is stored of a table is read back, by this release and by later ones."""

from typing import Annotated, Any

import msgspec
import pytest
from msgspec import Meta

from clew import Seat
from clew.sessions.faults import TooNew
from clew.sessions.ids import GameId
from clew.tables.codec import TableCodec
from clew.tables.creating import NewTable
from clew.tables.events import GameStarted
from clew.tables.log.events_log import EventsLog
from clew.tables.schema import fingerprint, options_schema, plan_schema, wire_schema
from clew.testing.sitting import P1, P2, Sitting
from tests.clew.tables.duel import Aim, Duel, State


def played() -> Sitting:
    """A lobby, plans, bots' plans, private events, a resignation, the end."""
    sitting = Sitting(Duel(), NewTable(seats=4, bots=1)).begin()
    sitting.plan(P1, Aim(Seat("p3")))
    sitting.ready(P2)
    sitting.end_round()
    sitting.plan(P1, Aim(P2))
    sitting.resign(P2)
    return sitting


def test_what_is_read_back_equals_what_was_written() -> None:
    sitting, codec = played(), TableCodec(Duel())

    for event in sitting.journal:
        assert codec.decode_event(codec.encode_event(event), 1) == event
    table = codec.decode_state(codec.encode_state(sitting.table), 1)
    assert table == sitting.table
    assert codec.encode_state(table) == codec.encode_state(sitting.table)


def test_a_table_of_every_kind_is_found_sound() -> None:
    sitting = Sitting(Duel(), NewTable(seats=2, bots=1, options={"rounds": 3}))
    tables = [sitting.table, sitting.begin(people=1).table]
    sitting.plan(P1, Aim(P1))
    tables += [sitting.table, sitting.play_out().table]

    for table in tables:
        sitting.machine.check(table, GameId("game-1"), "code-game-1")


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"join_code": "other"}, "it is of game game-1 with join code other"),
        ({"status": "lobby"}, "it is lobby with a game"),
        ({"members": ()}, "its members are none"),
        ({"bots": 9}, "it has too many bots"),
        ({"round": 0}, "round is 0"),
        ({"touched_in": 9}, "touched_in is 9"),
        ({"round_ends_at": -1}, "round_ends_at is -1"),
        ({"round_ms": 0}, "round_ms is 0"),
        ({"winner_ids": (P1,)}, "it goes on, and is won"),
        ({"winner_ids": (Seat("p9"),)}, "p9 plan or win in it and have no seat"),
        ({"on_turn": (), "plans": {P1: Aim()}}, "it has plans of seats that are not on turn"),
        ({"events_log": EventsLog(count=5)}, "its log says 5 lines and has 0"),
        ({"game": State(30, in_turn=False, lives={}, played=31)}, "31 of 30 rounds were played"),
        ({"players": {}}, "its players are not its members"),
    ],
)
def test_what_a_table_cannot_be_is_said(wrong: dict[str, Any], sentence: str) -> None:
    sitting = Sitting(Duel(), NewTable(seats=2)).begin()
    table = msgspec.structs.replace(sitting.table, **wrong)

    with pytest.raises(ValueError, match=sentence):
        sitting.machine.check(table, GameId("game-1"), "code-game-1")


def test_one_line_for_the_logs_sets_the_game_up_again() -> None:
    sitting = Sitting(Duel(), NewTable(seats=2, seed=7))
    assert sitting.machine.describe(sitting.table) == "lobby, 1 of 2 seats taken"
    sitting.begin().plan(P1, Aim(P2))

    line = sitting.machine.describe(sitting.table)

    head, _, rest = line.partition(": ")
    state, _, plan = rest.rpartition(" p1=")
    assert head == "seed 7 round 1"
    assert msgspec.json.decode(state, type=State) == sitting.table.game
    assert msgspec.json.decode(plan, type=Aim) == Aim(P2)


# --- versions --------------------------------------------------------------------------------------------------------


class Wounded(msgspec.Struct, frozen=True):
    """Version 2 of the duel's state: lives are counted."""

    rounds: int
    in_turn: bool
    lives: dict[Seat, bool]
    played: int
    wounds: int


class NextDuel(Duel):
    """Of a later release."""

    kind = "duel"
    state_version = 2
    event_version = 3
    upcast_state = {1: lambda state: {**state, "wounds": 0}}
    upcast_event = {1: lambda event: {**event, "n": 1}, 2: lambda event: {**event, "n": event["n"] + 1}}
    upcast_plan = {1: lambda plan: {**plan, "at": None}}
    upcast_options = {1: lambda options: {**options, "rounds": 9}}


NextDuel.types = Duel.types._replace(state=Wounded)


class OtherDuel(Duel):
    """Whose events alone have changed."""

    kind = "duel"
    event_version = 2
    upcast_event = {1: lambda event: event}


def test_the_steps_of_a_game_see_its_own_values_only() -> None:
    sitting = Sitting(Duel(), NewTable(seats=2)).begin()
    sitting.plan(P1, Aim(P2))
    raw = TableCodec(Duel()).encode_state(sitting.table)

    table = TableCodec(NextDuel()).decode_state(raw, 1)

    assert table.game == Wounded(30, False, {P1: True, P2: True}, 0, 0)
    assert table.plans == {P1: Aim()}
    assert table.options.rounds == 9
    assert table.events_log == sitting.table.events_log


def test_events_of_an_older_version_are_brought_up_one_by_one() -> None:
    sitting = Sitting(Duel(), NewTable(seats=2)).begin()
    sitting.plan(P1, Aim(P2))
    sitting.ready()
    old, new = TableCodec(Duel()), TableCodec(NextDuel())

    read = [new.decode_event(old.encode_event(event), 1) for event in sitting.journal]

    assert [type(event) for event in read] == [type(event) for event in sitting.journal]
    assert [type(event.game) for event in read if isinstance(event, GameStarted)] == [Wounded]


def test_a_version_rises_whatever_of_it_does() -> None:
    assert (TableCodec(Duel()).state_version, TableCodec(Duel()).event_version) == (1, 1)
    assert (TableCodec(NextDuel()).state_version, TableCodec(NextDuel()).event_version) == (4, 4)


def test_what_a_later_release_wrote_is_left_to_it() -> None:
    sitting, old = Sitting(Duel(), NewTable(seats=2)), TableCodec(Duel())

    with pytest.raises(TooNew, match="newer than 1"):
        old.decode_state(b"whatever a later release writes", 4)
    with pytest.raises(TooNew, match="of its state: version 2 is newer than 1"):
        TableCodec(OtherDuel()).decode_state(b"[1,2,1,{}]", 2)
    with pytest.raises(ValueError, match="kept as version 2, and says 1"):
        TableCodec(OtherDuel()).decode_state(old.encode_state(sitting.table), 2)
    with pytest.raises(ValueError, match="never was a version 0 of this: event"):
        TableCodec(OtherDuel()).decode_event(b"[1,1,0,{}]", 0)


@pytest.mark.parametrize("raw", [b"", b"null", b"[]", b"[1,1,1]", b"[1,1,1,{}]", b"[1,1,1,{},{}]", b'{"game":1}'])
def test_bytes_that_are_no_table_are_no_table(raw: bytes) -> None:
    with pytest.raises(msgspec.MsgspecError):
        TableCodec(Duel()).decode_state(raw, 1)


# --- shapes ----------------------------------------------------------------------------------------------------------


def test_a_fingerprint_changes_with_what_is_stored_and_with_nothing_else() -> None:
    class Renamed(Duel):
        """Said otherwise, and stored the same."""

        kind = "renamed"

        def view(self, state: Any, viewer: Any) -> Any: ...

    assert fingerprint(Renamed()) == fingerprint(Duel())
    assert fingerprint(NextDuel()) != fingerprint(Duel())


def test_a_fingerprint_leaves_out_what_is_said_of_a_field() -> None:
    class Told(msgspec.Struct, frozen=True):
        rounds: Annotated[int, Meta(ge=1, le=50, description="How many")] = 30
        in_turn: bool = False

    class ToldDuel(Duel):
        kind = "told"
        options = Told

    assert fingerprint(ToldDuel()) == fingerprint(Duel())


def test_defaults_and_bounds_reach_the_schema_from_where_they_stand() -> None:
    options = options_schema(Duel())["$defs"]["Options"]["properties"]

    assert options["rounds"] == {"type": "integer", "minimum": 1, "maximum": 50, "default": 30}
    assert list(plan_schema(Duel())["$defs"]["Aim"]["properties"]) == ["at"]


def test_a_schema_says_which_texts_are_seats() -> None:
    at = plan_schema(Duel())["$defs"]["Aim"]["properties"]["at"]

    assert at["anyOf"] == [{"type": "string", "format": "seat"}, {"type": "null"}]


def test_the_wire_is_described_whole() -> None:
    schema = wire_schema(Duel())

    assert {"options", "plan", "view", "told", "parts"} == schema.keys()
    assert "Flinched" in schema["parts"]
