"""Who attacks an account learns nothing of it, and what they send changes nothing."""

from typing import Any

import pytest
from argon2 import PasswordHasher

from clew.people.passwords import Passwords
from clew.wire.accounts import PASSWORD_CHARS_MAX
from tests.clew.web.account_calls import API, PASSWORD, code_of, log_in, opened, recover
from tests.clew.web.live import inside


async def test_wrong_name_wrong_password_and_wrong_code_are_told_alike_for_the_price_of_one_hash() -> None:
    async with inside() as web, web.http() as stranger:
        await opened(stranger)
        seen = list[tuple[int, bytes, dict[str, str], int]]()
        tries = [
            lambda: log_in(stranger, "Ada", "wrong horse"),
            lambda: log_in(stranger, "nobody", "wrong horse"),
            lambda: log_in(stranger, "ada'; DROP TABLE accounts; --", PASSWORD),
            lambda: log_in(stranger, "Ada\0", PASSWORD),
            lambda: log_in(stranger, "", ""),
            lambda: recover(stranger, "Ada", "ABCDE-ABCDE-ABCDE-ABCDE-ABCDE"),
            lambda: recover(stranger, "nobody", "ABCDE-ABCDE-ABCDE-ABCDE-ABCDE"),
            lambda: recover(stranger, "nobody", ""),
        ]
        for attempt in tries:
            before = web.passwords.hashes
            answer = await attempt()
            seen.append((answer.status_code, answer.content, dict(answer.headers), web.passwords.hashes - before))

    assert [each[3] for each in seen] == [1] * len(tries)
    assert all(each[:3] == seen[0][:3] for each in seen)
    assert seen[0][0] == 403


@pytest.mark.parametrize("password", ["x" * (PASSWORD_CHARS_MAX + 1), "x" * 60_000])
async def test_a_huge_password_is_refused_before_it_is_hashed(password: str) -> None:
    async with inside() as web, web.http() as stranger:
        await opened(stranger)
        before = web.passwords.hashes

        answers = [
            await log_in(stranger, "Ada", password),
            await recover(stranger, "Ada", "A", password),
            await stranger.post(f"{API}/accounts", json={"username": "Bob", "password": password}),
        ]

    assert [code_of(each) for each in answers] == [(422, "invalid")] * 3
    assert answers[0].json()["error"]["details"]["path"] == "password"
    assert web.passwords.hashes == before


async def test_a_password_may_hold_anything_that_json_can_say() -> None:
    async with inside() as web, web.http() as stranger:
        for number, password in enumerate(["nul\0in the middle", "🐂" * 8, " " * 8, "x" * PASSWORD_CHARS_MAX]):
            answer = await stranger.post(f"{API}/accounts", json={"username": f"ada{number}", "password": password})
            stranger.cookies.clear()
            assert answer.status_code == 201
            assert (await log_in(stranger, f"ada{number}", password)).status_code == 201
            assert (await log_in(stranger, f"ada{number}", password[:-1])).status_code == 403


async def test_half_a_surrogate_pair_is_no_text_and_no_password() -> None:
    async with inside() as web, web.http() as stranger:
        body = b'{"username": "Ada", "password": "\\ud800 and more"}'
        answer = await stranger.post(f"{API}/accounts", content=body, headers={"content-type": "application/json"})

    assert code_of(answer) == (400, "malformed")


@pytest.mark.parametrize("password", ["", "seven77"])
async def test_a_short_password_is_refused_where_it_is_chosen(password: str) -> None:
    async with inside() as web, web.http() as stranger:
        answer = await stranger.post(f"{API}/accounts", json={"username": "Ada", "password": password})

    assert code_of(answer) == (422, "invalid")
    assert answer.json()["error"]["details"]["path"] == "password"


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("accounts", {"username": "Ada", "password": PASSWORD}),
        ("sessions", {"username": "Ada", "password": PASSWORD}),
        ("recoveries", {"username": "Ada", "recovery_code": "A", "password": PASSWORD}),
    ],
)
async def test_another_sites_page_signs_nobody_in(path: str, body: dict[str, str]) -> None:
    async with inside() as web, web.http() as stranger:
        answer = await stranger.post(f"{API}/{path}", json=body, headers={"origin": "https://evil.example"})

    assert code_of(answer) == (403, "wrong_origin")
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [("PATCH", "me", {"display_name": "Eve"}), ("DELETE", "me", {}), ("DELETE", "sessions?all=true", None)],
)
async def test_another_sites_page_changes_nobody_by_their_cookie(method: str, path: str, body: Any) -> None:
    async with inside() as web, web.http() as stranger:
        await stranger.post(f"{API}/guests", json={"display_name": "Ada"})

        answer = await stranger.request(method, f"{API}/{path}", json=body, headers={"origin": "https://evil.example"})
        still = await stranger.get(f"{API}/me")

    assert code_of(answer) == (403, "wrong_origin")
    assert still.json()["display_name"] == "Ada"


async def test_what_was_hashed_for_less_is_hashed_anew_when_its_owner_logs_in(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with inside() as web, web.http() as stranger:
        account = await opened(stranger)
        before = web.store.kept.accounts[account["user_id"]].password_hash
        monkeypatch.setattr(web.passwords, "_hasher", PasswordHasher(2, 16, 1))

        wrong = await log_in(stranger, "Ada", "wrong horse")
        after_wrong = web.store.kept.accounts[account["user_id"]].password_hash
        right = await log_in(stranger, "Ada", PASSWORD)
        after_right = web.store.kept.accounts[account["user_id"]].password_hash
        again = await log_in(stranger, "Ada", PASSWORD)

    assert (wrong.status_code, right.status_code, again.status_code) == (403, 201, 201)
    assert after_wrong == before and "m=8,t=1" in before
    assert "m=16,t=2" in after_right
    assert await Passwords().matches(after_right, PASSWORD)


async def test_of_more_devices_than_may_be_those_used_longest_ago_are_signed_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("clew.people.logins.SIGN_INS_MAX", 3)
    async with inside() as web, web.http() as stranger:
        await opened(stranger)
        for _ in range(5):
            await log_in(stranger, "Ada", PASSWORD)

        assert len(web.store.kept.sign_ins) == 3
