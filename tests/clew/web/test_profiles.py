"""What everyone may know of somebody, over HTTP: after real games on a real server, and never more than that."""

from collections.abc import AsyncGenerator
from typing import Any, Final

import httpx
import pytest
import pytest_asyncio

from clew.sessions.bounds import BOARD_RATED_MIN, RECKON_EVERY_S
from tests.kit.cluster import wait_for
from tests.kit.server import Server
from tests.kit.table_play import table_server

pytestmark = pytest.mark.asyncio(loop_scope="module")
API: Final = "/api/v1"
WITHIN_S: Final = 10 * RECKON_EVERY_S


class Player:
    """Somebody, by HTTP."""

    def __init__(self, http: httpx.AsyncClient, made: dict[str, Any]) -> None:
        self._http = http
        self.user_id: str = made["user_id"]
        self._headers = {"authorization": f"Bearer {made['token']}"}

    async def ask(self, method: str, path: str, body: Any = None) -> Any:
        answer = await self._http.request(method, f"{API}{path}", json=body, headers=self._headers)
        assert answer.is_success, answer.text
        return answer.json() if answer.content else None


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def server(tmp_path_factory: pytest.TempPathFactory) -> AsyncGenerator[Server]:
    async with table_server(tmp_path_factory.mktemp("people"), "minotaur", "examples.bids.game:Bids") as server:
        yield server


@pytest_asyncio.fixture(loop_scope="module")
async def http(server: Server) -> AsyncGenerator[httpx.AsyncClient]:
    async with httpx.AsyncClient(base_url=server.url, timeout=30) as http:
        yield http


async def guest(http: httpx.AsyncClient, name: str) -> Player:
    made = await http.post(f"{API}/guests", json={"display_name": name})
    http.cookies.clear()
    return Player(http, made.json())


async def with_account(http: httpx.AsyncClient, name: str) -> Player:
    player = await guest(http, name)
    await player.ask("POST", "/accounts", {"username": f"{name}-{player.user_id[:8]}", "password": "correct horse"})
    http.cookies.clear()
    return player


async def played(kind: str, winner: Player, loser: Player | None, **asked: Any) -> str:
    """A game that is over because one of two gave up, and reckoned."""
    made = await winner.ask("POST", "/games", {"kind": kind, "seats": 2, "bots": 0 if loser else 1, **asked})
    code = made["join_code"]
    if loser:
        await loser.ask("POST", f"/games/{code}/join")
    await winner.ask("POST", f"/games/{code}/start")
    await (loser or winner).ask("POST", f"/games/{code}/leave")

    async def reckoned() -> bool:
        return (await winner.ask("GET", f"/games/{code}/results"))["reckoned"]

    await wait_for(reckoned, WITHIN_S)
    return code


@pytest.mark.parametrize("kind", ["minotaur", "bids"])
async def test_a_game_that_is_over_is_in_the_profiles_of_both(http: httpx.AsyncClient, kind: str) -> None:
    ada, bob = await guest(http, "Ada"), await guest(http, "Bob")
    open_code = (await ada.ask("POST", "/games", {"kind": kind, "seats": 2}))["join_code"]
    code = await played(kind, ada, bob)

    results = (await http.get(f"{API}/games/{code}/results")).json()
    seen_by_bob = await bob.ask("GET", f"/people/{ada.user_id}")
    seen_by_nobody = await http.get(f"{API}/people/{ada.user_id}")

    one, two = results["seats"]
    assert (one["user_id"], one["place"], one["outcome"]) == (ada.user_id, 1, "won")
    assert (two["user_id"], two["place"], two["outcome"], two["fate"]) == (bob.user_id, 2, "lost", "resigned")
    assert one["rating_before"] is None and one["rating_after"] > 1000 > two["rating_after"]
    (at_game,) = seen_by_bob["games"]
    assert seen_by_bob["display_name"] == "Ada"
    assert at_game["with_you"] == {"played": 1, "before": 0, "behind": 1}
    assert (at_game["kind"], at_game["played"], at_game["won"]) == (kind, 1, 1)
    assert at_game["rating"] == one["rating_after"]
    assert at_game["places"] == [{"place": 1, "times": 1}]
    assert [(each["place"], each["seats"]) for each in seen_by_bob["latest"]] == [(1, 2)]
    assert seen_by_nobody.json()["games"][0]["with_you"] is None
    assert open_code not in seen_by_nobody.text and code not in seen_by_nobody.text


async def test_a_game_against_bots_is_played_and_rates_nobody(http: httpx.AsyncClient) -> None:
    ada = await guest(http, "Ada")

    await played("minotaur", ada, None)

    (at_game,) = (await ada.ask("GET", f"/people/{ada.user_id}"))["games"]
    assert (at_game["played"], at_game["rated"], at_game["rating"]) == (1, 0, None)
    assert at_game["fates"] == [{"fate": "resigned", "times": 1}]


async def test_what_is_called_off_or_goes_on_has_no_results(http: httpx.AsyncClient) -> None:
    ada = await guest(http, "Ada")
    code = (await ada.ask("POST", "/games", {"kind": "bids", "seats": 2}))["join_code"]

    lobby = await http.get(f"{API}/games/{code}/results")
    await ada.ask("POST", f"/games/{code}/cancel")
    off = await http.get(f"{API}/games/{code}/results")

    assert [(each.status_code, each.json()["error"]["code"]) for each in (lobby, off)] == [
        (409, "game_not_over"),
        (409, "game_canceled"),
    ]
    assert (await ada.ask("GET", f"/people/{ada.user_id}"))["games"] == []


async def test_who_goes_is_nobody_and_the_other_keeps_the_game(http: httpx.AsyncClient) -> None:
    ada, bob = await guest(http, "Ada"), await guest(http, "Bob")
    code = await played("bids", ada, bob)
    taken_along = await bob.ask("GET", "/me/export")

    await bob.ask("DELETE", "/me", {})

    gone = await http.get(f"{API}/people/{bob.user_id}")
    assert (gone.status_code, gone.json()["error"]["code"]) == (404, "no_such_person")
    results = (await http.get(f"{API}/games/{code}/results")).json()
    assert [each["user_id"] for each in results["seats"]] == [ada.user_id]
    assert (await ada.ask("GET", f"/people/{ada.user_id}"))["games"][0]["won"] == 1
    assert taken_along["games"][0]["result"]["place"] == 2
    assert [each["kind"] for each in taken_along["ratings"]] == ["bids"]


async def test_a_user_name_is_told_to_nobody_else(http: httpx.AsyncClient) -> None:
    ada = await with_account(http, "ada")
    await ada.ask("PATCH", "/me", {"display_name": "Countess"})

    seen = await http.get(f"{API}/people/{ada.user_id}")

    assert seen.json()["display_name"] == "Countess"
    assert f"ada-{ada.user_id[:8]}" not in seen.text


@pytest.mark.parametrize("user_id", ["nobody", "x" * 300, "%F0%9F%90%82"])
async def test_of_nobody_nothing_is_told(http: httpx.AsyncClient, user_id: str) -> None:
    answer = await http.get(f"{API}/people/{user_id}")

    assert (answer.status_code, answer.json()["error"]["code"]) == (404, "no_such_person")


async def test_a_months_board_shows_who_has_an_account_and_played_enough_and_you(http: httpx.AsyncClient) -> None:
    ada, bob = await with_account(http, "ada"), await guest(http, "Bob")
    for _ in range(BOARD_RATED_MIN - 1):
        await played("bids", ada, bob)
    before = await ada.ask("GET", "/leaderboard?kind=bids")
    await played("bids", ada, bob)

    board = await ada.ask("GET", "/leaderboard?kind=bids")
    seen_by_bob = await bob.ask("GET", f"/leaderboard?kind=bids&month={board['month']}")
    another = (await http.get(f"{API}/leaderboard?kind=bids&month=1999-12")).json()

    assert before["top"] == [] and before["you"] is None
    assert [(each["place"], each["user_id"], each["rated"], each["won"]) for each in board["top"]] == [
        (1, ada.user_id, BOARD_RATED_MIN, BOARD_RATED_MIN)
    ]
    assert board["you"] == board["top"][0]
    assert seen_by_bob == {**board, "you": None}
    assert another["top"] == [] and another["rated_min"] == BOARD_RATED_MIN


@pytest.mark.parametrize("query", ["", "?kind=chess", "?kind=bids&month=2026-13", "?kind=bids&month=soon"])
async def test_a_board_of_no_game_or_no_month_is_refused(http: httpx.AsyncClient, query: str) -> None:
    answer = await http.get(f"{API}/leaderboard{query}")

    assert (answer.status_code, answer.json()["error"]["code"]) == (422, "invalid")
