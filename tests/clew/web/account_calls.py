"""What tests about accounts ask of a server."""

from typing import Any, Final

import httpx

API: Final = "/api/v1"
PASSWORD: Final = "correct horse"
NEW: Final = "battery staple"
AT_ONCE: Final = 6


async def opened(http: httpx.AsyncClient, username: str = "Ada", **more: Any) -> dict[str, Any]:
    """A new account's first answer; the client's cookies stay as they were."""
    answer = await http.post(f"{API}/accounts", json={"username": username, "password": PASSWORD, **more})
    assert answer.status_code == 201, answer.text
    http.cookies.clear()
    return answer.json()


async def log_in(http: httpx.AsyncClient, username: str, password: str) -> httpx.Response:
    answer = await http.post(f"{API}/sessions", json={"username": username, "password": password})
    http.cookies.clear()
    return answer


async def recover(http: httpx.AsyncClient, username: str, code: str, password: str = NEW) -> httpx.Response:
    answer = await http.post(
        f"{API}/recoveries", json={"username": username, "recovery_code": code, "password": password}
    )
    http.cookies.clear()
    return answer


def code_of(answer: httpx.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["error"]["code"]
