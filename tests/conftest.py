"""What every test shares: how hard hypothesis looks, and what is made once.

``MINOTAUR_HYPOTHESIS`` names the profile. ``quick`` and ``ci`` draw the same examples in every run, so a red test is
never a matter of luck; ``long`` draws new ones each time and belongs to a search (``make search``), not to a gate. A
failing example that ``long`` finds is written down as an ``@example`` in the commit that mends it.

``ci`` tells a failing example as it was drawn: to make one of a model small takes longer than the bound on every test,
which would end the process before it said any. ``shrink`` draws the same ones and makes them small.
"""

import os
from functools import cache
from typing import Any, Final, cast

import httpx._transports.default
from hypothesis import HealthCheck, Phase, settings

PROFILE_VARIABLE: Final = "MINOTAUR_HYPOTHESIS"
"""The environment variable that names the profile."""

_SHARED_MACHINE: Final = (HealthCheck.too_slow, HealthCheck.function_scoped_fixture)
"""How fast a shared machine draws examples says nothing about the code."""

settings.register_profile(
    "quick", max_examples=25, derandomize=True, deadline=None, suppress_health_check=_SHARED_MACHINE
)
settings.register_profile(
    "shrink", max_examples=40, derandomize=True, deadline=None, suppress_health_check=_SHARED_MACHINE
)
settings.register_profile("ci", settings.get_profile("shrink"), phases=(Phase.explicit, Phase.generate, Phase.target))
settings.register_profile(
    "long", max_examples=1_000, deadline=None, print_blob=True, suppress_health_check=_SHARED_MACHINE
)
settings.load_profile(os.environ.get(PROFILE_VARIABLE, "quick"))

_transports = cast("Any", httpx._transports.default)
_transports.create_ssl_context = cache(_transports.create_ssl_context)
"""Every HTTP client reads all certificates of this machine, 30 ms of CPU, though none of ours is spoken to by TLS: here
all clients of a process have one reading."""
