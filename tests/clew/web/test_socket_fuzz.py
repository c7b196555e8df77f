"""Whatever one player sends, legal, illegal or broken: every message gets its answer and nobody else notices."""

import json
from collections.abc import Generator
from contextlib import contextmanager
from typing import Any, Final

import httpx
import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Subprotocol

from clew.wire.socket import AcceptedMessage, ErrorMessage, Pong, RefusedMessage
from minotaur.play.errors import ERRORS
from minotaur.play.wire import Events, ServerMessage, Welcome
from minotaur.play.wire_events import PlanAcceptedShown, ReadyAcceptedShown
from tests.clew.web.live import live_in_thread

ANSWER_WITHIN_S: Final = 10.0
MESSAGES_MAX: Final = 12
"""Fewer than the unreadable ones in a row that would close the socket."""

AFTER_ALL: Final = "after all"
DIRECTIONS: Final = [(1, 0), (0, 1), (-1, 1), (-1, 0), (0, -1), (1, -1)]

Json = Any
Message = str | bytes


@pytest.fixture(scope="module")
def address() -> Generator[str]:
    with live_in_thread() as url:
        yield url


# --- what a client may think of --------------------------------------------------------------------------------------

command_ids = st.sampled_from([f"c{number}" for number in range(4)]) | st.text(min_size=1, max_size=64)
rounds = st.just(1) | st.integers(0, 1_000_000)
vectors = st.sampled_from(DIRECTIONS) | st.tuples(st.integers(-40, 40), st.integers(-40, 40))
moves = vectors.map(lambda v: {"type": "move", "vector": {"q": v[0], "r": v[1]}})
targets = st.sampled_from(["p1", "p2", "p3", "p4", "minotaur"]) | st.text(min_size=1, max_size=16)
attacks = targets.map(lambda target: {"type": "attack", "target_id": target})
steps = st.lists(moves | attacks | st.just({"type": "wait"}), max_size=6)
plans = st.fixed_dictionaries({"type": st.just("plan"), "command_id": command_ids, "round": rounds, "steps": steps})
readies = st.fixed_dictionaries({"type": st.just("ready"), "command_id": command_ids, "round": rounds})
resigns = st.fixed_dictionaries({"type": st.just("resign"), "command_id": command_ids})
pings = st.fixed_dictionaries({"type": st.just("ping"), "nonce": st.text(max_size=64)})
well_formed = plans | plans | plans | readies | pings | resigns

scalars = st.none() | st.booleans() | st.integers(-(2**70), 2**70) | st.floats() | st.text(max_size=80)
junk: st.SearchStrategy[Json] = st.recursive(
    scalars, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=12), inner, max_size=4)
)


@st.composite
def nearly(draw: st.DrawFn) -> Json:
    """A message with one field missing, replaced, or too many."""
    message = dict(draw(well_formed))
    name = draw(st.sampled_from(sorted(message)))
    match draw(st.sampled_from(["missing", "replaced", "added"])):
        case "missing":
            del message[name]
        case "replaced":
            message[name] = draw(junk)
        case _:
            message[draw(st.text(min_size=1, max_size=12))] = draw(junk)
    return message


messages: st.SearchStrategy[Message] = st.one_of(
    well_formed.map(json.dumps),
    well_formed.map(json.dumps),
    nearly().map(json.dumps),
    junk.map(json.dumps),
    st.text(max_size=200),
    st.binary(max_size=200),
    well_formed.map(json.dumps).flatmap(lambda text: st.integers(0, len(text)).map(lambda end: text[:end])),
)


# --- two players -----------------------------------------------------------------------------------------------------


class Seat:
    """A player's socket. Everything it hears has to be a message of the protocol."""

    def __init__(self, socket: ClientConnection) -> None:
        self._socket = socket
        self.heard: list[ServerMessage] = []

    def say(self, message: Message) -> None:
        self._socket.send(message)

    def hear(self) -> ServerMessage:
        raw = self._socket.recv(timeout=ANSWER_WITHIN_S)
        assert isinstance(raw, str)
        message = msgspec.json.decode(raw, type=ServerMessage)
        self.heard.append(message)
        return message

    def answers(self, expected: int) -> list[ServerMessage]:
        """All answers to what was said, in order, without the news in between; no fewer than expected.

        The last word is a ping, said when so many are there: before, it would go past commands that wait.
        """
        answers: list[ServerMessage] = []
        while len(answers) < expected:
            answers += self._answer()
        self.say(json.dumps({"type": "ping", "nonce": AFTER_ALL}))
        while not (self.heard and isinstance(self.heard[-1], Pong) and self.heard[-1].nonce == AFTER_ALL):
            answers += self._answer()
        return answers

    def _answer(self) -> list[ServerMessage]:
        message = self.hear()
        is_last = isinstance(message, Pong) and message.nonce == AFTER_ALL
        return [] if is_last or isinstance(message, Events | Welcome) else [message]


@contextmanager
def two_players(address: str) -> Generator[tuple[Seat, Seat]]:
    with httpx.Client(base_url=f"{address}/api/v1") as http:
        tokens = [http.post("/guests", json={"display_name": name}).json()["token"] for name in ("Ada", "Bob")]
        http.cookies.clear()
        ada, bob = ({"Authorization": f"Bearer {token}"} for token in tokens)
        game = {"seats": 3, "bots": 1, "round_seconds": 86_400}
        code = http.post("/games", json=game, headers=ada).json()["join_code"]
        http.post(f"/games/{code}/join", headers=bob).raise_for_status()
        http.post(f"/games/{code}/start", headers=ada).raise_for_status()
    with socket_of(address, code, tokens[0]) as first, socket_of(address, code, tokens[1]) as second:
        yield Seat(first), Seat(second)


def socket_of(address: str, code: str, token: str) -> ClientConnection:
    return connect(
        f"{address.replace('http', 'ws', 1)}/api/v1/games/{code}/socket",
        subprotocols=[Subprotocol("minotaur.v1")],
        additional_headers={"Authorization": f"Bearer {token}"},
        compression=None,
        proxy=None,
    )


@given(said=st.lists(messages, max_size=MESSAGES_MAX))
def test_every_message_gets_its_answer_and_the_other_player_notices_nothing(address: str, said: list[Message]) -> None:
    with two_players(address) as (ada, bob):
        for message in said:
            ada.say(message)
        answers = ada.answers(len(said))
        bobs_answers = bob.answers(0)

    assert len(answers) == len(said)
    assert bobs_answers == []
    expect_documented(answers)
    expect_nothing_private(bob)


def expect_documented(answers: list[ServerMessage]) -> None:
    """Known codes only, and the same command always has the same answer."""
    by_command: dict[str, ServerMessage] = {}
    for answer in answers:
        match answer:
            case RefusedMessage(command_id=command_id, error=error):
                assert ERRORS[error.code].status == 409, error
                assert by_command.setdefault(command_id, answer) == answer
            case AcceptedMessage(command_id=command_id):
                assert by_command.setdefault(command_id, answer) == answer
            case ErrorMessage(error=error):
                assert error.code in ("malformed", "invalid"), error
            case _:
                assert isinstance(answer, Pong), answer


def expect_nothing_private(bob: Seat) -> None:
    shown = [event for message in bob.heard if isinstance(message, Events) for event in message.events]
    assert [event for event in shown if isinstance(event, PlanAcceptedShown | ReadyAcceptedShown)] == []
