"""The HTTP half of the protocol, over a real service."""

from collections.abc import AsyncGenerator
from typing import Any

import httpx
import pytest

from clew.web.bounds import BODY_BYTES_MAX, GUEST_RATE, PAGE_GAMES_MAX
from clew.web.phase import Phase
from minotaur.play.errors import ERRORS
from tests.clew.web.live import Inside, StillClock, game, guest, inside

API = "/api/v1"
JSON = {"content-type": "application/json"}


@pytest.fixture
async def web() -> AsyncGenerator[Inside]:
    async with inside() as within:
        yield within


@pytest.fixture
async def stranger(web: Inside) -> AsyncGenerator[httpx.AsyncClient]:
    async with web.http() as http:
        yield http


@pytest.fixture
async def ada(web: Inside, stranger: httpx.AsyncClient) -> AsyncGenerator[httpx.AsyncClient]:
    async with web.http(await guest(stranger, "Ada")) as http:
        yield http


@pytest.fixture
async def bob(web: Inside, stranger: httpx.AsyncClient) -> AsyncGenerator[httpx.AsyncClient]:
    async with web.http(await guest(stranger, "Bob")) as http:
        yield http


def expect_error(answer: httpx.Response, status: int, code: str) -> dict[str, Any]:
    """The error's details, after its shape, status and code were checked."""
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/json"
    body = answer.json()
    assert set(body) == {"error"}
    assert set(body["error"]) == {"code", "message", "details"}
    assert body["error"]["code"] == code
    assert ERRORS[code].status == status
    if status in (429, 503):
        assert int(answer.headers["retry-after"]) >= 1
    return body["error"]["details"]


# --- people ----------------------------------------------------------------------------------------------------------


async def test_a_guest_gets_a_token_and_a_cookie_that_scripts_cannot_read(stranger: httpx.AsyncClient) -> None:
    answer = await stranger.post(f"{API}/guests", json={"display_name": "  Ada  "})

    cookie = answer.headers["set-cookie"]
    assert answer.status_code == 201
    assert answer.json()["display_name"] == "Ada"
    assert answer.json()["token"] in cookie
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert "Secure" not in cookie


async def test_the_cookie_is_secure_behind_tls() -> None:
    async with inside(public_url="https://game.example") as web, web.http() as http:
        answer = await http.post(f"{API}/guests", json={"display_name": "Ada"})

    assert "Secure" in answer.headers["set-cookie"]
    assert "strict-transport-security" in answer.headers


async def test_token_and_cookie_say_the_same(web: Inside, stranger: httpx.AsyncClient) -> None:
    made = (await stranger.post(f"{API}/guests", json={"display_name": "Ada"})).json()

    by_cookie = await stranger.get(f"{API}/me")
    async with web.http(made["token"]) as bearer:
        by_token = await bearer.get(f"{API}/me")

    assert (
        by_cookie.json()
        == by_token.json()
        == {
            "user_id": made["user_id"],
            "display_name": "Ada",
            "username": None,
        }
    )


async def test_who_goes_out_cannot_come_in_with_the_old_token(web: Inside, stranger: httpx.AsyncClient) -> None:
    token = (await stranger.post(f"{API}/guests", json={"display_name": "Ada"})).json()["token"]
    code = await game(stranger, seats=2)

    out = await stranger.delete(f"{API}/sessions")

    assert out.status_code == 204
    assert "Max-Age=0" in out.headers["set-cookie"]
    async with web.http(token) as replayed:
        for answer in (
            await replayed.get(f"{API}/me"),
            await replayed.post(f"{API}/games", json={}),
            await replayed.post(f"{API}/games/{code}/start"),
            await replayed.delete(f"{API}/sessions"),
        ):
            expect_error(answer, 401, "not_signed_in")


@pytest.mark.parametrize("token", ["", "x", "x" * 10_000, "../../etc/passwd", "' OR 1=1 --"])
async def test_a_made_up_token_is_nobodys(web: Inside, token: str) -> None:
    async with web.http(token or " ") as http:
        expect_error(await http.get(f"{API}/me"), 401, "not_signed_in")


@pytest.mark.parametrize(
    "name",
    [
        "",
        "   ",
        "x" * 25,
        "a\u0000b",
        "a\nb",
        "a\u202eb",
        "a\u200bb",
        "\ufeff",
        "a\u0301\u0301\u0301\u0301",
        "\ud83d",
        "\U000e0041",
    ],
)
async def test_a_name_nobody_could_read_is_refused(stranger: httpx.AsyncClient, name: str) -> None:
    raw = f'{{"display_name": "{"".join(f"{chr(92)}u{ord(c):04x}" if ord(c) < 0x10000 else c for c in name)}"}}'

    answer = await stranger.post(f"{API}/guests", content=raw.encode(), headers=JSON)

    assert answer.json()["error"]["code"] in ("bad_name", "malformed"), answer.text
    expect_error(answer, answer.status_code, answer.json()["error"]["code"])


# --- games -----------------------------------------------------------------------------------------------------------


async def test_a_game_from_the_lobby_to_its_first_round(ada: httpx.AsyncClient, bob: httpx.AsyncClient) -> None:
    code = await game(ada, seats=3, bots=1, round_seconds=60)
    path = f"{API}/games/{code}"

    joined = await bob.post(f"{path}/join")
    again = await bob.post(f"{path}/join")
    lobby = (await bob.get(path)).json()
    by_guest = await bob.post(f"{path}/start")
    started = await ada.post(f"{path}/start")
    active = (await bob.get(path)).json()

    assert joined.status_code == again.status_code == 200
    assert joined.json() == again.json()
    assert [player["display_name"] for player in lobby["players"]] == ["Ada", "Bob"]
    assert (lobby["game_status"], lobby["you"], lobby["host_id"]) == ("lobby", "p2", "p1")
    expect_error(by_guest, 403, "not_host")
    assert (started.status_code, started.content) == (204, b"")
    assert (active["game_status"], active["latest_round"]) == ("active", 1)
    expect_error(await ada.get(f"{path}/replay"), 409, "game_not_over")


async def test_the_game_is_told_to_strangers_too_but_not_who_they_are(
    ada: httpx.AsyncClient, stranger: httpx.AsyncClient
) -> None:
    code = await game(ada, seats=2)

    answer = await stranger.get(f"{API}/games/{code}")

    assert answer.status_code == 200
    assert answer.json()["you"] is None


async def test_what_the_lobby_refuses_is_a_conflict(
    ada: httpx.AsyncClient, bob: httpx.AsyncClient, web: Inside
) -> None:
    code = await game(ada, seats=2)
    path = f"{API}/games/{code}"

    expect_error(await ada.post(f"{path}/start"), 409, "too_few_players")
    await bob.post(f"{path}/join")
    async with web.http() as http, web.http(await guest(http, "Cleo")) as cleo:
        expect_error(await cleo.post(f"{path}/join"), 409, "game_full")
    assert (await ada.post(f"{path}/cancel")).status_code == 204
    expect_error(await ada.post(f"{path}/start"), 409, "game_canceled")
    expect_error(await ada.get(f"{path}/replay"), 409, "game_canceled")


@pytest.mark.parametrize("code", ["ZZZZZZ", "x", "x" * 500, "%20%C3%A9", "%F0%9F%98%80", "'"])
async def test_a_code_of_no_game_is_not_found(ada: httpx.AsyncClient, code: str) -> None:
    for answer in (
        await ada.get(f"{API}/games/{code}"),
        await ada.get(f"{API}/games/{code}/replay"),
        await ada.post(f"{API}/games/{code}/join"),
        await ada.post(f"{API}/games/{code}/start"),
        await ada.post(f"{API}/games/{code}/cancel"),
    ):
        expect_error(answer, 404, "no_such_game")


async def test_my_games_come_page_by_page_newest_first_and_nobody_elses(
    ada: httpx.AsyncClient, bob: httpx.AsyncClient
) -> None:
    made = [await game(ada, seats=2) for _ in range(5)]
    await game(bob, seats=2)

    listed: list[str] = []
    cursor: str | None = None
    while True:
        query = {"mine": "true", "status": "lobby", "limit": "2", **({"cursor": cursor} if cursor else {})}
        page = (await ada.get(f"{API}/games", params=query)).json()
        assert len(page["games"]) <= 2
        listed += [one["join_code"] for one in page["games"]]
        cursor = page["next_cursor"]
        if cursor is None:
            break

    assert listed == made[::-1]
    assert (await ada.get(f"{API}/games?status=active")).json()["games"] == []


@pytest.mark.parametrize(
    ("query", "path"),
    [
        ("limit=zz", "limit"),
        ("limit=0", "limit"),
        (f"limit={PAGE_GAMES_MAX + 1}", "limit"),
        ("status=asleep", "status"),
        ("mine=false", "mine"),
        ("mine=perhaps", "mine"),
        (f"cursor={'x' * 600}", "cursor"),
    ],
)
async def test_a_wrong_query_is_invalid_and_names_the_parameter(ada: httpx.AsyncClient, query: str, path: str) -> None:
    details = expect_error(await ada.get(f"{API}/games?{query}"), 422, "invalid")

    assert details["path"] == path


# --- bad requests ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "status", "code"),
    [
        (b"", 400, "malformed"),
        (b"{", 400, "malformed"),
        (b"\xff", 400, "malformed"),
        (b'{"seats": "4"}', 422, "invalid"),
        (b'{"seats": 4, "colour": "red"}', 422, "invalid"),
        (b'{"settings": {"radius": "big"}}', 422, "invalid"),
        (b'{"settings": {"no_such_setting": 1}}', 422, "invalid"),
        (b'{"seats": 2, "bots": 7}', 422, "invalid"),
        (b'{"round_seconds": 4}', 422, "invalid"),
        (b'{"seed": -1}', 422, "invalid"),
        (b" " * (BODY_BYTES_MAX + 1), 413, "too_large"),
    ],
)
async def test_a_bad_body_gets_its_documented_error(
    ada: httpx.AsyncClient, content: bytes, status: int, code: str
) -> None:
    expect_error(await ada.post(f"{API}/games", content=content, headers=JSON), status, code)


@pytest.mark.parametrize("media_type", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""])
async def test_a_body_that_is_not_json_by_its_own_words_is_refused(ada: httpx.AsyncClient, media_type: str) -> None:
    headers = {"content-type": media_type} if media_type else {}

    expect_error(await ada.post(f"{API}/games", content=b"{}", headers=headers), 415, "unsupported_media_type")


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE"])
async def test_another_method_is_refused_and_told_which_are_allowed(ada: httpx.AsyncClient, method: str) -> None:
    answer = await ada.request(method, f"{API}/games")

    expect_error(answer, 405, "method_not_allowed")
    assert {"GET", "POST"} <= {allowed.strip() for allowed in answer.headers["allow"].split(",")}


@pytest.mark.parametrize(
    "path", ["/api", "/api/", "/api/v2/me", "/api/v1", "/api/v1/nowhere", "/schema/nowhere", "/x.php"]
)
async def test_what_is_nowhere_is_not_found_in_the_same_shape(ada: httpx.AsyncClient, path: str) -> None:
    expect_error(await ada.get(path), 404, "not_found")


async def test_another_sites_page_can_do_nothing_with_our_cookie(stranger: httpx.AsyncClient) -> None:
    token = (await stranger.post(f"{API}/guests", json={"display_name": "Ada"})).json()["token"]
    evil = {"origin": "https://evil.example"}
    own = {"origin": "http://game.example"}

    expect_error(await stranger.post(f"{API}/games", json={}, headers=evil), 403, "wrong_origin")
    expect_error(await stranger.delete(f"{API}/sessions", headers=evil), 403, "wrong_origin")
    expect_error(await stranger.post(f"{API}/guests", json={"display_name": "X"}, headers=evil), 403, "wrong_origin")
    assert (await stranger.post(f"{API}/games", json={}, headers=own)).status_code == 201
    bearer = {**evil, "authorization": f"Bearer {token}"}
    assert (await stranger.post(f"{API}/games", json={}, headers=bearer)).status_code == 201


async def test_a_bug_is_internal_and_tells_nothing_of_itself(web: Inside, monkeypatch: pytest.MonkeyPatch) -> None:
    async with web.http(raise_app_exceptions=False) as http:
        token = await guest(http)

        def broken(*_: object) -> None:
            raise RuntimeError("the secret ingredient")

        monkeypatch.setattr(web.host, "find", broken)
        answer = await http.get(f"{API}/games/ABCDEF", headers={"authorization": f"Bearer {token}"})

    expect_error(answer, 500, "internal")
    assert "ingredient" not in answer.text


# --- rates -----------------------------------------------------------------------------------------------------------


async def test_too_many_guests_from_one_address_have_to_wait_and_another_address_does_not() -> None:
    async with inside(clock=StillClock(), rate_limits=True) as web, web.http(client=("192.0.2.1", 1)) as here:
        for _ in range(GUEST_RATE.burst):
            assert (await here.post(f"{API}/guests", json={"display_name": "Ada"})).status_code == 201
        async with web.http(client=("192.0.2.2", 1)) as elsewhere:
            others = await elsewhere.post(f"{API}/guests", json={"display_name": "Bob"})
        refused = await here.post(f"{API}/guests", json={"display_name": "Ada"})

    expect_error(refused, 429, "too_often")
    assert others.status_code == 201


async def test_one_persons_hurry_is_not_anothers_wait() -> None:
    async with inside(clock=StillClock(), rate_limits=True) as web, web.http() as http:
        ada, bob = await guest(http, "Ada"), await guest(http, "Bob")
        async with web.http(ada) as hasty, web.http(bob) as calm:
            statuses = {(await hasty.get(f"{API}/me")).status_code for _ in range(200)}
            other = await calm.get(f"{API}/me")

    assert statuses == {200, 429}
    assert other.status_code == 200


async def test_health_is_never_rationed() -> None:
    async with inside(clock=StillClock(), rate_limits=True) as web, web.http() as http:
        statuses = {(await http.get("/health/ready")).status_code for _ in range(1_000)}

    assert statuses == {200}


# --- operators -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("phase", [Phase.STARTING, Phase.DRAINING])
async def test_ready_only_between_starting_and_draining(web: Inside, ada: httpx.AsyncClient, phase: Phase) -> None:
    ready = await ada.get("/health/ready")

    web.web.readiness.phase = phase

    assert ready.json() == {"status": "ready"}
    details = expect_error(await ada.get("/health/ready"), 503, "not_ready")
    assert details["phase"] == phase.value
    assert [reason["code"] for reason in details["reasons"]] == [phase.value]
    expect_error(await ada.post(f"{API}/games", json={}), 503, "not_ready")
    assert (await ada.get("/health/live")).status_code == 200
    assert (await ada.get("/")).status_code == 200


async def test_metrics_have_our_names_and_nobodys_paths(ada: httpx.AsyncClient) -> None:
    await ada.get(f"{API}/games/SECRET")
    await ada.get("/somewhere/private")

    text = (await ada.get("/metrics")).text

    names = {line.split()[2] for line in text.splitlines() if line.startswith("# HELP")}
    assert names
    assert all(name.startswith("clew_") for name in names)
    assert 'route="/api/v1/games/{join_code}"' in text
    assert "SECRET" not in text
    assert "private" not in text


async def test_every_answer_carries_the_headers_that_keep_a_browser_safe(ada: httpx.AsyncClient) -> None:
    for path in ("/", f"{API}/me", f"{API}/nowhere", "/schema", "/health/live", "/metrics"):
        headers = (await ada.get(path)).headers

        assert headers["x-content-type-options"] == "nosniff", path
        assert "default-src 'none'" in headers["content-security-policy"], path
        assert "frame-ancestors 'none'" in headers["content-security-policy"], path
        assert headers["referrer-policy"] == "same-origin", path
        assert "server" not in headers, path
