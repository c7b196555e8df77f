"""Once only: the last answers of each seated player, a part of every session's state and kept small.

Rebuilt from the receipts in the journal, so they are the same on every node and after every crash. Kept packed: eight
bytes of a command id's digest and eight of its number; the ids themselves are in the journal.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from hashlib import blake2b
from typing import TypeAlias

import msgspec

from clew.sessions.bounds import ANSWERS_MAX, FORGOTTEN_MAX
from clew.sessions.ids import PlayerId
from clew.sessions.records import Acknowledged, Answer, Receipt, Refused

_DIGEST = 8
_RECORD = 16

TOO_MANY_CHANGES = Refused(
    "too_many_changes", "You changed your mind very often in this round. What was accepted last stays."
)
FORGOTTEN = Refused("command_forgotten", "This command was answered too long ago; the answer is not kept any more.")


class Kept(msgspec.Struct, frozen=True, gc=False):
    """One player's answers: ``recent`` as records (digest, seq), oldest first; ``older`` as digests alone.

    ``spent``: how many entries they added to the journal in round ``spent_in``, the latest in which they added any.
    """

    recent: bytes = b""
    older: bytes = b""
    refusals: tuple[tuple[int, Refused], ...] = ()
    spent: int = 0
    spent_in: int = 0


Answers: TypeAlias = Mapping[PlayerId, Kept]

_NOTHING = Kept()


def recall(answers: Answers, receipt: Receipt) -> Answer | None:
    """The first answer to this command, ``FORGOTTEN`` where only its id is still known, None for a new command."""
    kept = answers.get(receipt.player_id)
    if kept is None:
        return None
    digest = _digest(receipt.command_id)
    at = _find(kept.recent, digest, _RECORD)
    if at >= 0:
        seq = int.from_bytes(kept.recent[at + _DIGEST : at + _RECORD], "big")
        return dict(kept.refusals).get(seq) or Acknowledged(seq)
    return FORGOTTEN if _find(kept.older, digest, _DIGEST) >= 0 else None


def spent(answers: Answers, player_id: PlayerId, round_number: int) -> int:
    """How many entries this player's commands have added to the journal in this round."""
    kept = answers.get(player_id, _NOTHING)
    return kept.spent if kept.spent_in == round_number else 0


def remember(answers: Answers, receipt: Receipt, seq: int, refusal: Refused | None, round_number: int = 0) -> Answers:
    """The answers with one more; the oldest beyond ``ANSWERS_MAX`` keeps its id alone, up to ``FORGOTTEN_MAX``."""
    kept = answers.get(receipt.player_id, _NOTHING)
    count = spent(answers, receipt.player_id, round_number) + 1
    recent = kept.recent + _digest(receipt.command_id) + seq.to_bytes(8, "big")
    older = kept.older
    refusals = kept.refusals if refusal is None else (*kept.refusals, (seq, refusal))
    if len(recent) > ANSWERS_MAX * _RECORD:
        older = (older + recent[:_DIGEST])[-FORGOTTEN_MAX * _DIGEST :]
        recent = recent[_RECORD:]
        first = int.from_bytes(recent[_DIGEST:_RECORD], "big")
        if refusals and refusals[0][0] < first:
            refusals = refusals[1:]
    return {**answers, receipt.player_id: Kept(recent, older, refusals, count, round_number)}


def without(answers: Answers, given_up: Collection[PlayerId]) -> Answers:
    """The answers without those of seats that were given up: whoever sits down there next was told nothing yet."""
    if not any(seat in answers for seat in given_up):
        return answers
    return {seat: kept for seat, kept in answers.items() if seat not in given_up}


def check_answers(answers: Answers) -> None:
    """Raises ``ValueError`` for what ``remember`` never makes."""
    for player_id, kept in answers.items():
        if len(kept.recent) % _RECORD or len(kept.older) % _DIGEST:
            raise ValueError(f"the answers kept for {player_id} are cut off")


def _digest(command_id: str) -> bytes:
    return blake2b(command_id.encode(), digest_size=_DIGEST).digest()


def _find(packed: bytes, digest: bytes, stride: int) -> int:
    at = packed.find(digest)
    while at >= 0 and at % stride:
        at = packed.find(digest, at + 1)
    return at
