"""What a turn makes of a decision that says which state it came to."""

import asyncio
from collections.abc import Callable

from clew.sessions.ids import Millis, PlayerId, UserId
from clew.sessions.records import Accepted, Acknowledged, Refused
from clew.sessions.session.bodies import Position
from clew.sessions.session.turn import Envelope, Turn
from tests.kit.tally import Add, Begin, Cell, Command, Event, Opened, Sit, Tally, TallyCodec, TallyMachine

ADA = PlayerId("p1")
ADD = Add(ADA, Cell(1, 2), 3)


class Arriving(TallyMachine):
    """Says itself which state a command comes to."""

    def __init__(self, arrive: Callable[[int], Tally]) -> None:
        self._arrive = arrive

    def decide(self, state: Tally, command: Command, now: Millis) -> Accepted[Event] | Refused:
        decided = super().decide(state, command, now)
        return Accepted(decided.events, self._arrive) if isinstance(decided, Accepted) else decided


def begun() -> Position[Tally]:
    machine = TallyMachine()
    state = machine.evolve(None, Opened(10), 1)
    turn: Turn[Tally, Command, Event] = Turn(
        machine, TallyCodec(), Position(state, 1, machine.summary(state), {}), 0, "m1"
    )
    for command in (Sit(ADA, UserId("u1")), Begin()):
        turn.decide(command, None)
    return turn.at


def test_the_state_a_decision_came_to_is_taken_with_the_number_of_its_first_event() -> None:
    at, numbers = begun(), list[int]()
    came_to = Tally(10, status="active", round=1, ends_at=7)

    def arrive(seq: int) -> Tally:
        numbers.append(seq)
        return came_to

    turn: Turn[Tally, Command, Event] = Turn(Arriving(arrive), TallyCodec(), at, 0, "m1")
    answer = turn.decide(ADD, None)

    assert (answer, numbers) == (Acknowledged(at.seq + 1), [at.seq + 1])
    assert turn.at.state is came_to
    assert [entry.seq for entry in turn.entries] == [at.seq + 1]


async def test_a_decision_that_cannot_say_where_it_came_to_adds_nothing() -> None:
    def arrive(seq: int) -> Tally:
        raise ArithmeticError(f"entry {seq} can't be applied")

    at = begun()
    turn: Turn[Tally, Command, Event] = Turn(Arriving(arrive), TallyCodec(), at, 0, "m1")
    envelope: Envelope[Command] = Envelope(ADD, None, asyncio.get_running_loop().create_future(), 0.0)

    taken = turn.take([envelope])

    assert taken == 1
    assert turn.crash is not None and turn.crash[0] is envelope
    assert (turn.at, turn.entries, turn.bodies) == (at, [], [])
