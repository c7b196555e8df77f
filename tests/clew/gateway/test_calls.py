"""Calls between nodes are the same to the byte as those of 0.2.0, which a deploy has beside us."""

from typing import Any

import pytest

from clew.gateway.calls import (
    AttachCall,
    CancelCall,
    ChangeOrder,
    InfoCall,
    JoinCall,
    LapseCall,
    LeaveOrder,
    MakeCall,
    Order,
    OrderCall,
    SayCall,
    SendAwayOrder,
    StartCall,
)
from clew.gateway.envelopes import Envelopes
from clew.sessions.ids import Kind, UserId
from clew.tables.serving.served import ServedTable
from clew.tables.serving.wire import PlanMessage as TablePlan
from clew.testing.sitting import P2, made
from clew.wire.changing import SeatChange
from clew.wire.socket import ReadyMessage, ResignMessage
from examples.bids.game import Bids, Plan
from minotaur.play.kind import KIND
from minotaur.play.served import ServedMinotaur
from minotaur.play.wire import PlanMessage
from minotaur.play.wire_change import ChangeGame
from minotaur.play.wire_http import GameInfo
from minotaur.rules.commands import Wait
from minotaur.rules.settings import classic
from tests.play.driving import Table

ADA = UserId("u1")
OF_0_2_0: list[tuple[Any, str]] = [
    (
        SayCall(ADA, PlanMessage("c1", 3, (Wait(),))),
        (
            "93a3736179a2753184a474797065a4706c616eaa636f6d6d616e645f6964a26331"
            "a5726f756e6403a573746570739181a474797065a477616974"
        ),
    ),
    (
        SayCall(ADA, ReadyMessage("c4", 2)),
        "93a3736179a2753183a474797065a57265616479aa636f6d6d616e645f6964a26334a5726f756e6402",
    ),
    (
        SayCall(None, ResignMessage("c2")),
        "93a3736179c082a474797065a672657369676eaa636f6d6d616e645f6964a26332",
    ),
    (StartCall(ADA, "c3"), "93a57374617274a27531a26333"),
    (InfoCall(None), "92a4696e666fc0"),
    (JoinCall(ADA, "Ada"), "93a46a6f696ea27531a3416461"),
    (CancelCall(ADA, "c5"), "93a663616e63656ca27531a26335"),
]


BIDS = ServedTable(Bids())
ENVELOPES = Envelopes({KIND: ServedMinotaur(), BIDS.kind: BIDS})


@pytest.mark.parametrize(("call", "written"), OF_0_2_0)
def test_a_call_is_written_and_read_as_0_2_0_does(call: Any, written: str) -> None:
    assert ENVELOPES.write(KIND, call).hex() == written
    assert ENVELOPES.read_question(bytes.fromhex(written)) == (KIND, call)


@pytest.mark.parametrize(
    "call",
    [
        SayCall(ADA, TablePlan("c1", 3, Plan(7))),
        SayCall(None, ReadyMessage("c4", 2)),
        InfoCall(ADA),
        AttachCall(ADA, 7, "channel", "feed", again=True, mark="m"),
    ],
)
def test_a_call_about_another_game_says_which(call: Any) -> None:
    assert ENVELOPES.read_question(ENVELOPES.write(BIDS.kind, call)) == (BIDS.kind, call)


@pytest.mark.parametrize(
    ("kind", "order"),
    [
        (KIND, LeaveOrder()),
        (BIDS.kind, SendAwayOrder(P2)),
        (KIND, ChangeOrder(ChangeGame(seats={3: SeatChange("hunter"), 4: None}, settings={"sight": 3}, host_id="p2"))),
        (BIDS.kind, ChangeOrder(BIDS.shapes.change(seats=3, round_seconds=9))),
    ],
)
def test_what_people_ask_of_each_other_travels_whole(kind: Kind, order: Order[Any]) -> None:
    call = OrderCall(ADA, "c6", order)

    assert ENVELOPES.read_question(ENVELOPES.write(kind, call)) == (kind, call)
    assert ENVELOPES.answer_type(kind, call) is None


def test_a_call_about_a_game_that_is_not_here_is_not_read() -> None:
    bids_alone = Envelopes({BIDS.kind: BIDS})

    assert bids_alone.read_question(bytes.fromhex(OF_0_2_0[0][1])) == (KIND, None)
    assert Envelopes({KIND: ServedMinotaur()}).read_question(ENVELOPES.write(BIDS.kind, InfoCall(ADA))) == (
        "bids",
        None,
    )


def test_a_new_game_of_any_kind_travels_whole() -> None:
    for kind, created in ((KIND, Table.laid(classic(2)).journal[0].event), (BIDS.kind, made(Bids()))):
        order = MakeCall(created, "here")

        assert ENVELOPES.read_order(ENVELOPES.write(kind, order)) == (kind, order)


def test_every_call_has_a_type_of_answer() -> None:
    assert ENVELOPES.answer_type(KIND, InfoCall(None)) is GameInfo
    assert ENVELOPES.answer_type(BIDS.kind, InfoCall(None)) is BIDS.shapes.info
    assert ENVELOPES.answer_type(KIND, LapseCall(1)) is bool
    assert ENVELOPES.answer_type(KIND, StartCall(ADA, "c")) is None
