"""What one viewer was ever told, over all its connections, and where that already contradicts itself."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

Message = dict[str, Any]

PASSING_REFUSALS = frozenset({"busy", "too_often", "not_ready", "internal"})
"""Refusals that say "not now": nothing was decided, so a later answer to the same command may differ."""


@dataclass(frozen=True)
class Shown:
    """A view, and the ``seq`` of the message that carried it; a welcome's view may be newer than its ``seq``."""

    seq: int
    view: Message
    is_welcome: bool


@dataclass
class Record:
    """Everything shown, every answer given; ``complaints`` are promises broken that a client can see by itself.

    ``began_after`` is the seq up to which nothing was ever told to this viewer: all numbers above it must be in
    ``events``.
    """

    events: dict[int, Message] = field(default_factory=dict[int, Message])
    views: list[Shown] = field(default_factory=list[Shown])
    sent: dict[str, Message] = field(default_factory=dict[str, Message])
    accepted: dict[str, int] = field(default_factory=dict[str, int])
    refused: dict[str, Message] = field(default_factory=dict[str, Message])
    answers: Counter[str] = field(default_factory=Counter[str])
    complaints: list[str] = field(default_factory=list[str])
    others: list[Message] = field(default_factory=list[Message])
    began_after: int | None = None
    last_seq: int | None = None
    mark: str | None = None
    """Which history that number is of; servers of the first edition don't say."""
    set_back: list[Message] = field(default_factory=list[Message])
    """The welcomes that said that all before them is void."""
    reconnect_after_ms: int | None = None

    @property
    def view(self) -> Message:
        """The newest view. Only after a welcome."""
        return self.views[-1].view

    def was_told(self, kind: str) -> bool:
        """Whether an event of this type was shown."""
        return any(event["type"] == kind for event in self.events.values())

    def is_answered(self, command_id: str) -> bool:
        return command_id in self.accepted or command_id in self.refused

    def answer(self, command_id: str) -> Message:
        if command_id in self.accepted:
            return {"type": "accepted", "command_id": command_id, "seq": self.accepted[command_id]}
        return {"type": "refused", "command_id": command_id, "error": self.refused[command_id]}

    def unanswered(self) -> list[str]:
        return [command_id for command_id in self.sent if not self.is_answered(command_id)]

    def begin_connection(self, after: int | None) -> None:
        """The next messages come over a new socket, opened with this ``after``."""
        if self.began_after is None and after is not None:
            self.began_after = self.last_seq = after

    def take(self, message: Message) -> None:
        """Note one message of the server."""
        match message.get("type"):
            case "welcome":
                self._welcome(message)
            case "events":
                self._events(message)
            case "accepted":
                self._accepted(message)
            case "refused":
                self._refused(message)
            case "reconnect":
                self.reconnect_after_ms = message["after_ms"]
            case "pong" | "error":
                self.others.append(message)
            case unknown:
                self.complaints.append(f"a message of unknown type {unknown!r}")

    def _welcome(self, message: Message) -> None:
        seq: int = message["seq"]
        if self.last_seq is None:
            self.began_after = self.last_seq = seq
        elif message.get("history") == "changed":
            self._begin_anew(message)
        elif not message["resumed"]:
            self.complaints.append(f"not resumed at {self.last_seq}, told to begin again at {seq}")
            self.last_seq = seq
        elif seq != self.last_seq:
            self.complaints.append(f"welcomed back to {seq}, but {self.last_seq} was the last one shown")
        self.mark = message.get("mark")
        self._see(seq, message["view"], is_welcome=True)

    def _begin_anew(self, message: Message) -> None:
        """The world took back what this viewer was told; that is a complaint where nobody did such a thing."""
        self.complaints.append(f"set back from {self.last_seq} to {message['seq']}, round {message['view']['round']}")
        if message["resumed"]:
            self.complaints.append("set back and resumed at once")
        self.set_back.append(message)
        self.events.clear()
        self.views.clear()
        self.began_after = self.last_seq = message["seq"]

    def _events(self, message: Message) -> None:
        for event in message["events"]:
            self._event(event)
        if message["seq"] != self.last_seq:
            self.complaints.append(f"a message for seq {message['seq']} whose events end at {self.last_seq}")
        self.mark = message.get("mark")
        self._see(message["seq"], message["view"], is_welcome=False)

    def _see(self, seq: int, view: Message, *, is_welcome: bool) -> None:
        if self.views and self.view["hexes"] == view["hexes"]:
            view["hexes"] = self.view["hexes"]  # one list for equal ones: most views differ in little else
        self.views.append(Shown(seq, view, is_welcome))

    def _event(self, event: Message) -> None:
        seq: int = event["seq"]
        if self.last_seq is None:
            self.complaints.append(f"event {seq} before any welcome")
        elif seq <= self.last_seq:
            self.complaints.append(f"event {seq} told again after {self.last_seq}")
        elif seq != self.last_seq + 1:
            self.complaints.append(f"a gap: {seq} came after {self.last_seq}")
        self.last_seq = max(seq, self.last_seq or 0)
        if seq in self.events and self.events[seq] != event:
            self.complaints.append(f"event {seq} was {self.events[seq]}, now it is {event}")
        self.events.setdefault(seq, event)

    def _accepted(self, message: Message) -> None:
        command_id: str = message["command_id"]
        self.answers[command_id] += 1
        before = self.refused.get(command_id)
        if before is not None and before["code"] not in PASSING_REFUSALS:
            self.complaints.append(f"{command_id} was refused ({before['code']}), now it is accepted")
        if self.accepted.setdefault(command_id, message["seq"]) != message["seq"]:
            self.complaints.append(f"{command_id} was accepted at {self.accepted[command_id]}, now at {message['seq']}")
        if command_id not in self.sent:
            self.complaints.append(f"{command_id} was accepted but never sent")

    def _refused(self, message: Message) -> None:
        command_id: str = message["command_id"]
        code: str = message["error"]["code"]
        self.answers[command_id] += 1
        before: str = (self.refused.get(command_id) or message["error"])["code"]
        if code in PASSING_REFUSALS and (command_id in self.accepted or before not in PASSING_REFUSALS):
            return  # asked once more, and told "not now": what was decided stands
        if command_id in self.accepted:
            self.complaints.append(f"{command_id} was accepted, now it is refused ({code})")
        if before != code and before not in PASSING_REFUSALS:
            self.complaints.append(f"{command_id} was refused with {before}, now with {code}")
        self.refused[command_id] = message["error"]
