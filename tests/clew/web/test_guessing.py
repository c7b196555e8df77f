"""Who guesses is bounded by where they are and whom they attack; who has the account comes in all the same."""

from typing import Any, Final

import httpx
import pytest

from clew.people.caps import Origin
from clew.testing.hand_clock import HandClock
from clew.web import bounds
from clew.web.guessing import Guessing
from clew.web.limits import Limiter, Rate
from clew.wire.errors import ApiError
from tests.clew.web.live import StillClock, inside

API: Final = "/api/v1"
OWNER: Final = Origin("10.0.0.1")
PASSWORD: Final = "correct horse"


def guessing(clock: HandClock) -> Guessing:
    return Guessing(lambda rate: Limiter(rate, clock.monotonic, bounds.CLIENTS_REMEMBERED_MAX))


def tries(limits: Guessing, place: str, username: str, times: int) -> int:
    """How many of so many tries were let through."""
    let = 0
    for _ in range(times):
        try:
            limits.admit_log_in(Origin(place), username)
        except ApiError:
            continue
        let += 1
    return let


async def test_from_one_place_one_name_is_tried_a_few_times_and_then_once_a_minute() -> None:
    clock = HandClock()
    limits = guessing(clock)

    at_once = tries(limits, "10.6.6.6", "Ada", 1_000)
    await clock.advance(600)

    assert at_once == bounds.GUESS_RATE.burst
    assert tries(limits, "10.6.6.6", "ADA", 1_000) == 10


def test_a_name_that_nobody_has_is_counted_like_any_other() -> None:
    limits = guessing(HandClock())

    assert tries(limits, "10.6.6.6", "nobody", 50) == tries(limits, "10.6.6.7", "'; --\0", 50) == 10


def test_from_one_place_many_names_are_tried_as_often_as_a_class_needs() -> None:
    limits = guessing(HandClock())

    assert sum(tries(limits, "10.6.6.6", f"name{number}", 5) for number in range(500)) == bounds.LOG_IN_RATE.burst


def test_a_flood_from_one_place_locks_the_owner_out_nowhere_else() -> None:
    limits = guessing(HandClock())
    tries(limits, "10.6.6.6", "Ada", 10_000)

    assert tries(limits, OWNER.place, "Ada", 3) == 3


async def test_a_thousand_places_together_try_one_name_a_bounded_number_of_times() -> None:
    clock = HandClock()
    limits = guessing(clock)

    at_once = sum(tries(limits, f"10.6.{number // 250}.{number % 250}", "Ada", 10) for number in range(1_000))
    await clock.advance(3_600)
    in_an_hour = sum(tries(limits, f"10.7.{number // 250}.{number % 250}", "Ada", 10) for number in range(1_000))

    assert at_once == bounds.GUESSES_RATE.burst
    assert in_an_hour <= bounds.GUESSES_RATE.burst + 60 * 60 * bounds.GUESSES_RATE.per_s


def test_while_a_thousand_places_guess_the_owner_comes_in_from_where_they_were_before_and_by_the_code() -> None:
    limits = guessing(HandClock())
    limits.note_log_in(OWNER, "Ada")
    for number in range(1_000):
        tries(limits, f"10.6.{number // 250}.{number % 250}", "Ada", 10)

    assert tries(limits, OWNER.place, "ada", 3) == 3
    assert tries(limits, "10.0.0.2", "Ada", 3) == 0
    limits.admit_recovery(Origin("10.0.0.2"), "Ada")


def test_places_that_are_known_are_remembered_up_to_a_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounds, "CLIENTS_REMEMBERED_MAX", 3)
    limits = Guessing(lambda _: Limiter(Rate(0.001, 1), HandClock().monotonic, 100))
    for number in range(5):
        limits.note_log_in(Origin(f"10.0.0.{number}"), "Ada")
    limits.admit_log_in(Origin("10.0.1.1"), "Ada")

    assert [tries(limits, f"10.0.0.{number}", "Ada", 1) for number in range(5)] == [0, 0, 1, 1, 1]


async def test_over_http_a_guesser_is_told_when_to_come_back_and_nothing_of_the_name() -> None:
    async with inside(rate_limits=True, clock=StillClock()) as web, web.http() as http:
        await http.post(f"{API}/accounts", json={"username": "Ada", "password": PASSWORD})
        http.cookies.clear()

        answers = {
            name: [await tried(http, "sessions", {"username": name, "password": "wrong"}) for _ in range(12)]
            for name in ("Ada", "nobody")
        }
        right = await tried(http, "sessions", {"username": "Ada", "password": PASSWORD})
        hashes = web.passwords.hashes
        await tried(http, "sessions", {"username": "Ada", "password": PASSWORD})

    assert [each.status_code for each in answers["Ada"]] == [403] * 10 + [429] * 2
    assert [each.content for each in answers["Ada"]] == [each.content for each in answers["nobody"]]
    assert right.status_code == 429 and int(right.headers["retry-after"]) > 1
    assert web.passwords.hashes == hashes


async def test_who_holds_somebodys_cookie_guesses_their_password_a_few_times_only() -> None:
    async with inside(rate_limits=True, clock=StillClock()) as web, web.http() as http:
        answer = await http.post(f"{API}/accounts", json={"username": "Ada", "password": PASSWORD})
        async with web.http(answer.json()["token"]) as ada:
            wanted = {"password": "battery staple", "current_password": "wrong"}
            statuses = [(await ada.patch(f"{API}/me", json=wanted)).status_code for _ in range(7)]
            statuses += [
                (await ada.request("DELETE", f"{API}/me", json={"password": "wrong"})).status_code for _ in range(7)
            ]
            still = await ada.get(f"{API}/me")

    assert statuses == [403] * 10 + [429] * 4
    assert still.status_code == 200


async def test_user_names_that_are_taken_are_found_out_at_a_bounded_rate_only() -> None:
    async with inside(rate_limits=True, clock=StillClock()) as web, web.http() as http:
        await http.post(f"{API}/accounts", json={"username": "Ada", "password": PASSWORD})
        http.cookies.clear()
        asked = {"username": "Ada", "password": PASSWORD}
        statuses = [(await tried(http, "accounts", asked)).status_code for _ in range(bounds.SIGN_UP_RATE.burst + 9)]

    assert statuses.count(409) == bounds.SIGN_UP_RATE.burst - 1
    assert set(statuses) == {409, 429}


async def test_a_class_behind_one_address_opens_accounts_and_comes_back_at_once() -> None:
    async with inside(rate_limits=True, clock=StillClock()) as web, web.http() as http:
        asked = [{"username": f"pupil{number}", "password": PASSWORD} for number in range(100)]
        opened = [(await tried(http, "accounts", each)).status_code for each in asked]
        back = [(await tried(http, "sessions", each)).status_code for each in asked]

    assert opened == back == [201] * 100


async def tried(http: httpx.AsyncClient, path: str, body: dict[str, Any]) -> httpx.Response:
    answer = await http.post(f"{API}/{path}", json=body)
    http.cookies.clear()
    return answer
