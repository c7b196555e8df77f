"""What earlier releases stored, brought to this release's versions: one small pure function a step, chained.

A step takes a state (or an event) of one version as plain JSON values and gives the next version's. It looks at nothing
but its argument and is never changed once released: what it gives is what the next step takes, for ever. Bytes of every
version stand in ``tests/golden/stored``.
"""

from collections.abc import Callable, Mapping
from typing import Any, Final

import msgspec

Plain = dict[str, Any]
Step = Callable[[Plain], Plain]


def _begin_a_log(state: Plain) -> Plain:
    """1 to 2: the match keeps a log. What came before it is in the journal, which is read where the log ends."""
    return {**state, "events_log": {"since": None, "lines": []}}


STATES: Final[Mapping[int, Step]] = {1: _begin_a_log}
"""By the version a step begins at."""
EVENTS: Final[Mapping[int, Step]] = {}


def upcast(raw: bytes, version: int, newest: int, steps: Mapping[int, Step]) -> bytes:
    """Bytes of an earlier version as the newest would have written them. Raises ``msgspec.MsgspecError``."""
    plain = msgspec.json.decode(raw, type=Plain)
    for before in range(version, newest):
        plain = steps[before](plain)
    return msgspec.json.encode(plain)
