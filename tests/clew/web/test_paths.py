"""One spelling for each path: no other is answered, none goes round a check."""

import pytest

from clew.web.bounds import ADDRESS_RATE, PATH_BYTES_MAX
from clew.web.paths import PathKind, canonical_path, kind_of
from tests.clew.web.live import StillClock, guest, inside, live
from tests.clew.web.raw import handshake, raw

ROUTES = [
    ("GET", "/health/live"),
    ("GET", "/health/ready"),
    ("GET", "/metrics"),
    ("GET", "/schema"),
    ("GET", "/schema/openapi.json"),
    ("POST", "/api/v1/guests"),
    ("DELETE", "/api/v1/sessions"),
    ("GET", "/api/v1/me"),
    ("GET", "/api/v1/games"),
    ("POST", "/api/v1/games"),
    ("GET", "/api/v1/games/ABCDEF"),
    ("POST", "/api/v1/games/ABCDEF/join"),
    ("POST", "/api/v1/games/ABCDEF/start"),
    ("POST", "/api/v1/games/ABCDEF/cancel"),
    ("GET", "/api/v1/games/ABCDEF/replay"),
]


def spellings(path: str) -> list[str]:
    """Other ways to write a path, which some program between here and there would take for the same."""
    head, _, tail = path[1:].partition("/")
    rest = f"/{tail}" if tail else ""
    return [
        f"/{path}",
        f"//{path}",
        f"/.{path}",
        f"/x/..{path}",
        f"{path}/",
        f"{path}//",
        f"{path}/.",
        f"{path}/x/..",
        f"/%2f{path[1:]}",
        f"/%2F{path[1:]}",
        f"/%2e{path}",
        f"/x/%2E%2e{path}",
        f"/{head}%2f{tail}",
        f"/{head}/{rest}",
        f"/%{ord(head[0]):02x}{head[1:]}{rest}",
        f"/{head.upper()}{rest}",
        f"{path}%00",
        f"{path}%00.html",
        f"{path}%20",
        f"{path}%0a",
        f"{path}%",
        f"{path}%2",
        f"{path}%zz",
        f"{path}%252f",
        f"{path}%c0%af",
        f"{path}%ff",
        f"{path};x=1",
        f"/\\{path}",
        f"{path}\\",
        f"{path}/{'x' * PATH_BYTES_MAX}",
    ]


@pytest.mark.parametrize(("method", "path"), ROUTES)
async def test_every_route_has_one_spelling(method: str, path: str) -> None:
    async with live() as web:
        answers = dict[str, bytes]()
        for spelled in spellings(path):
            async with raw(web) as connection:
                await connection.send(f"{method} {spelled} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n".encode())
                answers[spelled] = await connection.rest()

    game = path.startswith("/api/v1/games/")
    for spelled, answer in answers.items():
        status, code = answer[9:12], answer.rpartition(b'"code":"')[2].partition(b'"')[0]
        found = (status, code)
        # What ends in other letters is another game's code, or no route.
        assert found in ((b"400", b"malformed"), (b"404", b"not_found")) or (game and code == b"no_such_game"), (
            spelled,
            answer,
        )


@pytest.mark.parametrize("spelled", spellings("/api/v1/games/ABCDEF/socket"))
async def test_a_socket_has_one_address(spelled: str) -> None:
    async with live() as web, raw(web) as connection:
        await connection.send(handshake(spelled))

        answer = await connection.rest()

    assert answer[9:12] in (b"400", b"404")
    assert b'"error"' in answer


async def test_no_spelling_goes_round_the_rate() -> None:
    async with inside(clock=StillClock(), rate_limits=True) as web, web.http() as http:
        statuses = set[int]()
        asked = 0
        while 429 not in statuses and asked <= 2 * ADDRESS_RATE.burst:
            answer = await http.get(f"http://game.example{'/' * (1 + asked % 3)}api/v1/games/AAAAAA")
            statuses.add(answer.status_code)
            asked += 1

    assert statuses == {400, 404, 429}


async def test_no_spelling_goes_round_the_body_check() -> None:
    async with inside() as web, web.http() as http:
        token = await guest(http)
        headers = {"authorization": f"Bearer {token}", "content-type": "text/plain"}
        for spelled in ("//api/v1/games", "/api//v1/games", "/api/v1/games/", "/%61pi/v1/games"):
            answer = await http.post(f"http://game.example{spelled}", content=b"{}", headers=headers)

            assert answer.status_code in (400, 404)


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/", PathKind.PAGE),
        ("/g/ABCDEF", PathKind.PAGE),
        ("/schema", PathKind.PAGE),
        ("/apis", PathKind.PAGE),
        ("/api", PathKind.CALL),
        ("/api/v1/me", PathKind.CALL),
        ("/metrics", PathKind.METRICS),
        ("/health/live", PathKind.HEALTH),
    ],
)
def test_a_path_is_somebodys(path: str, kind: PathKind) -> None:
    assert kind_of(path) is kind


@pytest.mark.parametrize("raw_path", [b"/g/ABC%20DEF", b"/api/v1/games/%C3%A9", b"/g/a&b", b"/g/", b"/assets/a-b_c.js"])
def test_what_a_browser_writes_is_canonical(raw_path: bytes) -> None:
    assert canonical_path({"raw_path": raw_path, "path": "x"}) == "x"
