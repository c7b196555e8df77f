"""Calls between nodes are the same to the byte as those of 0.2.0, which a deploy has beside us."""

from typing import Any

import pytest

from clew.gateway.calls import Calls, CancelCall, InfoCall, JoinCall, SayCall, StartCall, encoder
from clew.sessions.ids import UserId
from clew.wire.socket import ReadyMessage, ResignMessage
from minotaur.play.served import ServedMinotaur
from minotaur.play.wire import PlanMessage
from minotaur.rules.commands import Wait

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


@pytest.mark.parametrize(("call", "written"), OF_0_2_0)
def test_a_call_is_written_and_read_as_0_2_0_does(call: Any, written: str) -> None:
    shapes = ServedMinotaur().shapes
    calls = Calls(shapes.say, shapes.creation, shapes.info)

    assert encoder.encode(call).hex() == written
    assert calls.to_owner.decode(bytes.fromhex(written)) == call


def test_every_call_has_a_type_of_answer() -> None:
    shapes = ServedMinotaur().shapes
    calls = Calls(shapes.say, shapes.creation, shapes.info)

    assert {type(call) for call, _ in OF_0_2_0} <= calls.answers.keys()
