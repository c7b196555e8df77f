"""Asking the one server of a data folder itself how it is, when its row can't say: it can't be written any more."""

import asyncio
from contextlib import suppress
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

import msgspec

from clew.sessions.node_records import NodeRow
from clew.stores.lock import has_ended
from clew.wiring.operating import Where

ANSWER_WITHIN_S: Final = 1.0
"""Who says nothing for so long can't be asked; the list is printed without."""
ANSWER_BYTES_MAX: Final = 65_536
"""What is read of an answer; one that is longer is none."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What was heard of a node whose lease ran out. ``is_there``: it answered, and is not ready."""

    is_there: bool
    words: str


class _Reason(msgspec.Struct):
    words: str


class _Details(msgspec.Struct):
    reasons: list[_Reason]


class _Error(msgspec.Struct):
    details: _Details


class _NotReady(msgspec.Struct):
    """The part that matters here of what ``/health/ready`` says with 503."""

    error: _Error


async def ask_the_silent(where: Where, row: NodeRow) -> Answer | None:
    """How a server is that fell silent. None: it did not, or its address is of another machine, as in a cluster.

    A data folder's server is on this machine. Where its process is gone nobody is asked: another may have its port.
    """
    if row.alive or row.over or where.database_url is not None:
        return None
    if has_ended(where.data.lock):
        return Answer(is_there=False, words="its process has ended")
    status, body = await _ready_at(row.address)
    if status == 0:
        return Answer(is_there=False, words=f"its lease ran out, and it does not answer at {row.address}")
    if status == 200:
        return Answer(is_there=False, words=f"its lease ran out, though {row.address} says that it is ready")
    with suppress(msgspec.MsgspecError):
        reasons = msgspec.json.decode(body, type=_NotReady).error.details.reasons
        return Answer(is_there=True, words=" ".join(f"{reason.words}." for reason in reasons))
    return Answer(is_there=False, words=f"its lease ran out, and {row.address} answers with {status}")


async def _ready_at(address: str) -> tuple[int, bytes]:
    """Status and body of ``GET /health/ready``; 0: there was no answer in time."""
    try:
        url = urlsplit(address)
        async with asyncio.timeout(ANSWER_WITHIN_S):
            reader, writer = await asyncio.open_connection(url.hostname, url.port, limit=ANSWER_BYTES_MAX)
            try:
                request = f"GET /health/ready HTTP/1.1\r\nHost: {url.netloc}\r\nConnection: close\r\n\r\n"
                writer.write(request.encode())
                head = await reader.readuntil(b"\r\n\r\n")
                body = b""
                while len(body) < ANSWER_BYTES_MAX and (piece := await reader.read(ANSWER_BYTES_MAX)):
                    body += piece
                return int(head.split(b" ", 2)[1]), body
            finally:
                writer.close()
    except (OSError, ValueError, IndexError, EOFError, asyncio.LimitOverrunError):  # a timeout is an OSError
        return 0, b""
