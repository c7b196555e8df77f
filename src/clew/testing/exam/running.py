"""A law tried on many generated tables; what breaks it is found again by its seed."""

from __future__ import annotations

from typing import Any, Final

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from clew.testing.exam.crashing import a_crash_loses_nothing
from clew.testing.exam.laws import Law
from clew.testing.exam.playing import Make

EXAMPLES: Final = 60
"""Tables that each law is tried on, unless somebody asks for another number."""

_UNHURRIED: Final = (HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much)
"""How fast or how long a game is says nothing about its laws."""


def try_law(law: Law, make: Make, seed_number: int = 0, examples: int = EXAMPLES, *, shrinks: bool = True) -> None:
    """Raises what the law or the game raised, for the simplest table it was found with; its notes tell the table.

    ``shrinks`` False: for the first one, without looking for a simpler one.

    The same arguments try the same tables. Where each table costs many lives of a process, there are fewer.
    """
    many = max(1, examples // 4) if law is a_crash_loses_nothing else examples

    @settings(
        max_examples=many,
        database=None,
        deadline=None,
        suppress_health_check=_UNHURRIED,
        phases=(Phase.generate, Phase.shrink) if shrinks else (Phase.generate,),
        report_multiple_bugs=False,
    )
    @given(st.data())
    def on_a_table(data: Any) -> None:
        law(make, data.draw)

    seed(seed_number)(on_a_table)()
