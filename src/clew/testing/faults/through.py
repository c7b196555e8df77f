"""A store's ports, each call of which a test may hold up, refuse or count on its way."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import fields
from typing import Any, TypeAlias

from clew.sessions.ports.store import Store

Call: TypeAlias = Callable[[str, Callable[[], Awaitable[Any]], tuple[Any, ...]], Awaitable[Any]]
"""Given a call's name, what it would do, and its arguments, gives its answer."""


class _Through:
    def __init__(self, port: object, call: Call) -> None:
        self._port = port
        self._call = call

    def __getattr__(self, name: str) -> Any:
        real = getattr(self._port, name)

        async def through(*args: Any, **named: Any) -> Any:
            return await self._call(name, lambda: real(*args, **named), args)

        return through


def ports_through(store: Store, call: Call) -> dict[str, Any]:
    """The ports of a store by their names, for a store made of them: whatever is asked of them is asked of ``call``."""
    ports = [field.name for field in fields(Store) if field.name != "health"]
    return {name: _Through(getattr(store, name), call) for name in ports}
