"""Passkeys over HTTP: opened with, come in by, and attacked."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any

import httpx
import pytest

from clew.people.challenges import CHALLENGE_MS
from clew.testing.hand_clock import HandClock
from tests.clew.web.account_calls import API, AT_ONCE, NEW, PASSWORD, code_of, log_in, opened, recover
from tests.clew.web.authenticator import PRESENT, Authenticator, add, call, come_in, open_by_passkey, prove
from tests.clew.web.live import Inside, guest, inside
from tests.kit.store_records import NOW

PUBLIC = "https://game.example"
REFUSED = (403, "passkey_refused")


def authenticator(**other: Any) -> Authenticator:
    properties: dict[str, Any] = {"origin": PUBLIC, "rp_id": "game.example", **other}
    return Authenticator(**properties)


@asynccontextmanager
async def two_browsers(**more: Any) -> AsyncGenerator[tuple[Inside, httpx.AsyncClient, httpx.AsyncClient]]:
    """Each keeps its own cookies; the server is where its operator says, whatever a request's Host is."""
    async with inside(public_url=PUBLIC, **more) as web, web.http() as one, web.http() as other:
        one.base_url = other.base_url = httpx.URL(PUBLIC)
        yield web, one, other


async def me(http: httpx.AsyncClient) -> dict[str, Any]:
    return (await http.get(f"{API}/me")).json()


async def test_a_guest_keeps_who_they_are_with_a_passkey_and_comes_in_by_it_elsewhere() -> None:
    async with two_browsers() as (_, ada, elsewhere):
        was = (await ada.post(f"{API}/guests", json={"display_name": "Ada L"})).json()
        key = authenticator()

        account = await open_by_passkey(ada, key, "ada")
        came = await come_in(elsewhere, key)

        assert (account.status_code, came.status_code) == (201, 201)
        assert (account.json()["user_id"], account.json()["token"]) == (was["user_id"], was["token"])
        assert came.json()["token"] != was["token"]
        assert (await me(elsewhere)) == {"user_id": was["user_id"], "display_name": "Ada L", "username": "ada"}
        assert key.whose == was["user_id"]


async def test_somebody_new_has_an_account_without_a_password_and_the_code_sets_one() -> None:
    async with two_browsers() as (web, ada, elsewhere):
        key = authenticator()
        account = (await open_by_passkey(ada, key)).json()
        before = web.passwords.hashes

        nothing = [await log_in(elsewhere, "Ada", each) for each in ("", PASSWORD)]
        hashes = web.passwords.hashes - before
        recovered = await recover(elsewhere, "Ada", account["recovery_code"])

        assert [code_of(each) for each in nothing] == [(403, "wrong_credentials")] * 2
        assert hashes == 2
        assert recovered.status_code == 201
        assert (await log_in(elsewhere, "Ada", NEW)).status_code == 201
        assert code_of(await come_in(elsewhere, key)) == REFUSED


@pytest.mark.parametrize(
    "wrong",
    [
        {"origin": "https://evil.example"},
        {"origin": "http://game.example"},
        {"rp_id": "evil.example"},
        {"flags": PRESENT},
        {"flags": 0},
        {"credential_id": b"another passkey"},
        {"user_handle": "YWRh"},
        {"user_handle": ""},
        {"key": authenticator().key},
    ],
    ids=lambda wrong: next(iter(wrong)),
)
async def test_what_a_passkey_says_wrongly_is_refused_alike(wrong: dict[str, Any]) -> None:
    async with two_browsers() as (_, ada, eve):
        key = authenticator()
        await open_by_passkey(ada, key)
        nobodys = await come_in(eve, authenticator(user_handle="YWRh", credential_id=b"of nobody at all"))
        for name, value in wrong.items():
            setattr(key, name, value)

        answer = await come_in(eve, key)

        assert (answer.status_code, answer.content) == (nobodys.status_code, nobodys.content)
        assert code_of(answer) == REFUSED
        assert (await eve.get(f"{API}/me")).status_code == 401


async def test_what_was_answered_once_is_worth_nothing_again_though_the_cookie_is_kept() -> None:
    async with two_browsers() as (_, ada, eve):
        key = authenticator()
        await open_by_passkey(ada, key)
        options = await call(eve, "passkeys/options")
        ticket, said = dict(eve.cookies), key.show(options.json())

        answers = list[httpx.Response]()
        for _ in range(3):
            eve.cookies.clear()
            eve.cookies.update(ticket)
            answers.append(await call(eve, "sessions/passkey", {"passkey": said}))

        assert [each.status_code for each in answers] == [201, 403, 403]


async def test_of_those_who_answer_at_once_one_comes_in() -> None:
    async with two_browsers() as (_, ada, eve):
        key = authenticator()
        await open_by_passkey(ada, key)
        said = {"passkey": key.show((await call(eve, "passkeys/options")).json())}

        answers = await asyncio.gather(*(call(eve, "sessions/passkey", said) for _ in range(AT_ONCE)))

        assert sorted(each.status_code for each in answers) == [201] + [403] * (AT_ONCE - 1)


async def test_what_one_browser_was_asked_another_can_not_answer() -> None:
    async with two_browsers() as (_, ada, eve):
        key = authenticator()
        await open_by_passkey(ada, key)
        said = key.show((await call(ada, "passkeys/options")).json())

        without = await call(eve, "sessions/passkey", {"passkey": said})
        await call(eve, "passkeys/options")
        with_their_own = await call(eve, "sessions/passkey", {"passkey": said})

        assert [code_of(each) for each in (without, with_their_own)] == [REFUSED] * 2


async def test_a_challenge_that_is_too_old_is_none() -> None:
    clock = HandClock(NOW)
    async with two_browsers(clock=clock) as (_, ada, _):
        key = authenticator()
        await open_by_passkey(ada, key)
        options = (await call(ada, "passkeys/options")).json()
        clock.leap(CHALLENGE_MS + 1)
        late = await call(ada, "sessions/passkey", {"passkey": key.show(options)})

        assert code_of(late) == REFUSED


async def test_a_count_that_goes_back_is_refused_and_one_that_goes_on_is_not() -> None:
    async with two_browsers() as (_, ada, elsewhere):
        key = authenticator(count=5)
        await open_by_passkey(ada, key)

        seen = list[int]()
        for count in (6, 6, 5, 0, 9):
            key.count = count
            seen.append((await come_in(elsewhere, key)).status_code)

        assert seen == [201, 403, 403, 403, 201]


async def test_who_found_a_device_unlocked_makes_no_way_in_of_their_own() -> None:
    async with two_browsers() as (_, ada, _):
        await ada.post(f"{API}/accounts", json={"username": "Ada", "password": PASSWORD})

        nothing = await add(ada, authenticator())
        wrong = await add(ada, authenticator(), current_password="wrong horse")
        right = await add(ada, authenticator(), current_password=PASSWORD)
        mine = (await ada.get(f"{API}/me/passkeys")).json()

        assert [code_of(each) for each in (nothing, wrong)] == [(403, "wrong_credentials")] * 2
        assert right.status_code == 201
        assert (mine["has_password"], [each["name"] for each in mine["passkeys"]]) == (True, ["My phone"])


async def test_another_persons_passkey_proves_nothing_of_mine() -> None:
    async with two_browsers() as (_, ada, eve):
        await open_by_passkey(ada, authenticator())
        of_eve = authenticator(credential_id=b"the passkey of eve")
        await open_by_passkey(eve, of_eve, "Eve")

        answers = [
            await add(ada, authenticator(credential_id=b"one more"), passkey=await prove(ada, of_eve)),
            await ada.patch(f"{API}/me", json={"password": NEW, "passkey": await prove(ada, of_eve)}),
            await ada.request("DELETE", f"{API}/me", json={"passkey": await prove(ada, of_eve)}),
            await add(eve, authenticator(), passkey=await prove(eve, of_eve)),
        ]

        assert [code_of(each) for each in answers] == [REFUSED] * 4
        assert (await me(ada))["username"] == "Ada"


async def test_a_passkey_proves_what_a_password_would() -> None:
    async with two_browsers() as (_, ada, _):
        key = authenticator()
        await open_by_passkey(ada, key)

        set_one = await ada.patch(f"{API}/me", json={"password": NEW, "passkey": await prove(ada, key)})
        exported = (await ada.get(f"{API}/me/export")).json()
        still = await come_in(ada, key)
        gone = await ada.request("DELETE", f"{API}/me", json={"passkey": await prove(ada, key)})

        assert (set_one.status_code, still.status_code, gone.status_code) == (200, 201, 204)
        assert [each["name"] for each in exported["passkeys"]] == ["Passkey"]
        assert code_of(await come_in(ada, key)) == REFUSED


async def test_a_passkey_is_called_what_its_owner_says_last_and_nobody_is_signed_out() -> None:
    async with two_browsers() as (_, ada, elsewhere):
        key = authenticator()
        await open_by_passkey(ada, key)
        await come_in(elsewhere, key)
        (made,) = (await ada.get(f"{API}/me/passkeys")).json()["passkeys"]
        path = f"{API}/me/passkeys/{made['id']}"

        renamed = await ada.patch(path, json={"name": "  The old \n tablet "})
        exported = (await ada.get(f"{API}/me/export")).json()["passkeys"]
        too_long = await ada.patch(path, json={"name": "x" * 41})
        nameless = await ada.patch(path, json={"name": " "})

        assert (renamed.status_code, renamed.json()) == (200, {**made, "name": "The old tablet"})
        assert exported == [renamed.json()]
        assert code_of(too_long) == (422, "invalid")
        assert nameless.json()["name"] == "Passkey"
        assert (await come_in(ada, key)).status_code == 201
        assert (await me(elsewhere))["username"] == "Ada"


async def test_a_removed_passkey_signs_other_devices_out_and_the_last_one_stays() -> None:
    async with two_browsers() as (_, ada, elsewhere):
        first, second = authenticator(), authenticator(credential_id=b"the second one")
        await open_by_passkey(ada, first)
        last = (await ada.get(f"{API}/me/passkeys")).json()["passkeys"][0]["id"]
        only = await ada.delete(f"{API}/me/passkeys/{last}")
        await add(ada, second, passkey=await prove(ada, first))
        await come_in(elsewhere, first)

        removed = await ada.delete(f"{API}/me/passkeys/{last}")

        assert (code_of(only), removed.status_code) == ((409, "last_way_in"), 204)
        assert (await elsewhere.get(f"{API}/me")).status_code == 401
        assert (await me(ada))["username"] == "Ada"
        assert code_of(await come_in(elsewhere, first)) == REFUSED
        assert code_of(await ada.delete(f"{API}/me/passkeys/{last}")) == (404, "no_such_passkey")


async def test_a_name_that_is_taken_and_a_challenge_for_another_name_open_nothing() -> None:
    async with two_browsers() as (_, ada, eve):
        await open_by_passkey(ada, authenticator())
        key = authenticator(credential_id=b"the passkey of eve")

        taken = await call(eve, "accounts/passkey/options", {"username": "ADA"})
        options = (await call(eve, "accounts/passkey/options", {"username": "Eve"})).json()
        for_another = await call(eve, "accounts/passkey", {"username": "Bob", "passkey": key.make(options)})

        assert (code_of(taken), code_of(for_another)) == ((409, "name_taken"), REFUSED)


async def test_another_sites_page_asks_for_no_passkey_and_shows_none() -> None:
    async with two_browsers() as (_, ada, _):
        elsewhere = {"origin": "https://evil.example"}
        paths = ["passkeys/options", "sessions/passkey", "accounts/passkey/options", "accounts/passkey"]
        said = authenticator(user_handle="YWRh").show({"challenge": "YWRh"})
        made = authenticator().make({"challenge": "YWRh", "user": {"id": "YWRh"}})
        bodies = [None, {"passkey": said}, {"username": "Ada"}, {"username": "Ada", "passkey": made}]

        answers = [
            await ada.post(f"{API}/{path}", json=body, headers=elsewhere)
            for path, body in zip(paths, bodies, strict=True)
        ]

        assert [code_of(each) for each in answers] == [(403, "wrong_origin")] * 4


async def test_a_host_that_a_request_names_is_nobodys() -> None:
    async with two_browsers() as (_, ada, _):
        options = await ada.post(f"{API}/passkeys/options", headers={"host": "evil.example"})

        assert options.json()["rpId"] == "game.example"


@pytest.mark.parametrize("public", ["http://game.example", "https://192.0.2.7", "https://[2001:db8::1]:8443"])
async def test_where_browsers_know_no_passkeys_it_is_said(public: str) -> None:
    async with inside(public_url=public) as web, web.http() as ada:
        assert code_of(await call(ada, "passkeys/options")) == (409, "no_passkeys")


async def test_without_a_public_url_they_are_for_this_machines_own_browsers() -> None:
    async with inside() as web, web.http() as ada:
        options = (await call(ada, "passkeys/options")).json()

        assert options["rpId"] == "localhost"


async def test_junk_is_refused_and_never_an_error_of_ours() -> None:
    async with two_browsers() as (_, ada, _):
        await call(ada, "accounts/passkey/options", {"username": "Ada"})
        junk = ["", "AA", "not base64!", "oWNmbXRkbm9uZQ", "v" * 4_000]

        answers = [
            await call(
                ada,
                "accounts/passkey",
                {"username": "Ada", "passkey": {"id": "AAAA", "client_data_json": one, "attestation_object": two}},
            )
            for one in junk
            for two in junk
        ]

        assert {code_of(each) for each in answers} == {REFUSED}


async def test_passkeys_are_shown_no_oftener_than_one_may_guess() -> None:
    async with two_browsers(rate_limits=True) as (_, ada, _):
        answers = [await call(ada, "passkeys/options") for _ in range(121)]

        assert {each.status_code for each in answers[:120]} == {200}
        assert code_of(answers[120]) == (429, "too_often")


async def test_a_guest_has_no_passkeys_and_can_add_none() -> None:
    async with two_browsers() as (_, ada, _):
        ada.headers["authorization"] = f"Bearer {await guest(ada)}"

        assert (await ada.get(f"{API}/me/passkeys")).json() == {"passkeys": [], "has_password": False}
        assert code_of(await add(ada, authenticator(), current_password="")) == (409, "no_account")


async def test_an_account_that_was_changed_meanwhile_gets_no_passkey() -> None:
    async with two_browsers() as (_, ada, _):
        account = await opened(ada)
        ada.headers["authorization"] = f"Bearer {account['token']}"
        options = (await call(ada, "me/passkeys/options", {"current_password": PASSWORD})).json()
        await ada.patch(f"{API}/me", json={"current_password": PASSWORD, "password": NEW})

        late = await call(ada, "me/passkeys", {"passkey": authenticator().make(options)})

        assert code_of(late) == REFUSED
