"""Faults travel between nodes, and are raised where the question came from as what they were."""

import pytest

from clew.sessions.cluster.messages import Failed, encoder, failed, fault_of, replies
from clew.sessions.faults import (
    Busy,
    Crashed,
    Fault,
    JoinCodeTaken,
    Late,
    Moved,
    NeedsOperator,
    Nobody,
    NoSuchSession,
    NotRunning,
    OutcomeUnknown,
    Quarantined,
)
from clew.sessions.ids import GameId, Owner

GAME = GameId("g")


def travelled(fault: Fault) -> Fault:
    reply = replies.decode(encoder.encode(failed(fault)))
    assert isinstance(reply, Failed)
    return fault_of(reply, GAME, "b.1")


@pytest.mark.parametrize(
    "fault",
    [
        Moved(GAME, Owner("c.1")),
        Moved(GAME),
        NoSuchSession(GAME),
        Quarantined(GAME, "it can't be read"),
        Crashed(GAME),
        JoinCodeTaken("ABCDEF"),
        NotRunning(),
        Busy("full", 2.5),
    ],
    ids=lambda fault: type(fault).__name__,
)
def test_a_fault_arrives_as_what_it_was(fault: Fault) -> None:
    arrived = travelled(fault)

    assert type(arrived) is type(fault)
    assert (str(arrived), vars(arrived)) == (str(fault), vars(fault))


@pytest.mark.parametrize(
    "fault", [NeedsOperator("no room", "make some"), OutcomeUnknown("who knows"), Nobody("b.1"), Late("b.1")]
)
def test_a_fault_without_a_form_of_its_own_arrives_as_busy(fault: Fault) -> None:
    arrived = travelled(fault)

    assert type(arrived) is Busy
    assert str(arrived) == str(fault)


def test_a_fault_of_a_later_release_is_as_if_no_answer_had_come() -> None:
    arrived = fault_of(Failed("something new"), GAME, "b.1")

    assert isinstance(arrived, Late) and arrived.address == "b.1"
