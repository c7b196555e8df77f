"""Guests become accounts and keep what they had; people come in from elsewhere, come back by a code, and go."""

import asyncio
import json
from contextlib import suppress
from typing import Any

import httpx
import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed
from websockets.typing import Subprotocol

from clew.testing.faults.store import FaultyStore
from clew.testing.memory.store import memory_store
from clew.wiring.clock import RealClock
from tests.clew.web.account_calls import API, AT_ONCE, NEW, PASSWORD, code_of, log_in, opened, recover
from tests.clew.web.live import Live, game, guest, inside, live

# --- from guest to account and back in -------------------------------------------------------------------------------


async def test_a_guest_who_opens_an_account_keeps_id_token_name_and_games() -> None:
    async with inside() as web, web.http() as stranger:
        token = await guest(stranger, "Ada L")
        async with web.http(token) as ada:
            before = (await ada.get(f"{API}/me")).json()
            join_code = await game(ada, seats=2, bots=1)

            account = await opened(ada, "ada_l")
            after = (await ada.get(f"{API}/me")).json()
            games = (await ada.get(f"{API}/games")).json()["games"]

    assert (account["user_id"], account["token"]) == (before["user_id"], token)
    assert before["username"] is None
    assert after == {"user_id": before["user_id"], "display_name": "Ada L", "username": "ada_l"}
    assert [each["join_code"] for each in games] == [join_code]


async def test_a_stranger_who_opens_an_account_is_signed_in_by_cookie_and_token() -> None:
    async with inside() as web, web.http() as stranger:
        answer = await stranger.post(f"{API}/accounts", json={"username": "Ada", "password": PASSWORD})
        by_cookie = await stranger.get(f"{API}/me")
        stranger.cookies.clear()
        async with web.http(answer.json()["token"]) as ada:
            by_token = await ada.get(f"{API}/me")

    assert answer.status_code == 201
    assert "HttpOnly" in answer.headers["set-cookie"] and "samesite=lax" in answer.headers["set-cookie"].lower()
    assert by_cookie.json() == by_token.json()
    assert by_token.json()["display_name"] == by_token.json()["username"] == "Ada"


async def test_a_second_device_comes_in_with_name_in_any_case_and_password_and_has_the_games() -> None:
    async with inside() as web, web.http() as stranger:
        account = await opened(stranger, "Zo\u00eb")
        async with web.http(account["token"]) as first:
            join_code = await game(first, seats=2, bots=1)

        answer = await log_in(stranger, "ZOE\u0308", PASSWORD)
        async with web.http(answer.json()["token"]) as second, web.http(account["token"]) as first:
            games = (await second.get(f"{API}/games")).json()["games"]
            still = await first.get(f"{API}/me")

    assert answer.status_code == 201
    assert answer.json()["user_id"] == account["user_id"]
    assert answer.json()["token"] != account["token"]
    assert [each["join_code"] for each in games] == [join_code]
    assert still.status_code == 200


async def test_going_out_here_leaves_the_other_device_in_and_going_out_everywhere_does_not() -> None:
    async with inside() as web, web.http() as stranger:
        tokens = [(await opened(stranger))["token"]]
        tokens += [(await log_in(stranger, "Ada", PASSWORD)).json()["token"] for _ in range(3)]

        async with web.http(tokens[0]) as here:
            assert (await here.delete(f"{API}/sessions")).status_code == 204
        after_one = [await status_of_me(web, token) for token in tokens]
        async with web.http(tokens[1]) as here:
            answer = await here.delete(f"{API}/sessions", params={"all": "true"})
        after_all = [await status_of_me(web, token) for token in tokens]

    assert after_one == [401, 200, 200, 200]
    assert (answer.status_code, after_all) == (204, [401] * 4)


async def status_of_me(web: Any, token: str) -> int:
    async with web.http(token) as http:
        return (await http.get(f"{API}/me")).status_code


async def test_sockets_of_every_device_close_when_their_person_goes_out_everywhere() -> None:
    async with live() as web, httpx.AsyncClient(base_url=web.url) as http:
        tokens = [(await opened(http))["token"], (await log_in(http, "Ada", PASSWORD)).json()["token"]]
        bob = await guest(http, "Bob")
        http.headers["authorization"] = f"Bearer {tokens[0]}"
        join_code = await game(http, seats=3, bots=2)
        sockets = [await socket(web, join_code, token) for token in (*tokens, bob)]

        await http.delete(f"{API}/sessions?all=true")

        assert [await close_code(each) for each in sockets[:2]] == [4401, 4401]
        await sockets[2].send(json.dumps({"type": "ping", "nonce": "n"}))
        assert json.loads(await sockets[2].recv())["type"] == "pong"
        await sockets[2].close()


async def test_a_new_password_closes_the_sockets_of_other_devices_and_not_this_ones() -> None:
    async with live() as web, httpx.AsyncClient(base_url=web.url) as http:
        tokens = [(await opened(http))["token"], (await log_in(http, "Ada", PASSWORD)).json()["token"]]
        http.headers["authorization"] = f"Bearer {tokens[0]}"
        join_code = await game(http, seats=3, bots=2)
        here, there = [await socket(web, join_code, token) for token in tokens]

        answer = await http.patch(f"{API}/me", json={"password": NEW, "current_password": PASSWORD})

        assert answer.status_code == 200
        assert await close_code(there) == 4401
        await here.send(json.dumps({"type": "ping", "nonce": "n"}))
        assert json.loads(await here.recv())["type"] == "pong"
        await here.close()


async def socket(web: Live, join_code: str, token: str) -> Any:
    """One that was welcomed."""
    opened_ = await connect(
        f"{web.url.replace('http', 'ws')}{API}/games/{join_code}/socket",
        subprotocols=[Subprotocol("minotaur.v1")],
        additional_headers={"authorization": f"Bearer {token}"},
    )
    assert json.loads(await opened_.recv())["type"] == "welcome"
    return opened_


async def close_code(opened_: Any) -> int | None:
    with suppress(ConnectionClosed):
        async for _ in opened_:
            pass
    return opened_.close_code


# --- the recovery code -----------------------------------------------------------------------------------------------


async def test_a_recovery_code_sets_a_password_signs_everybody_out_and_works_once() -> None:
    async with inside() as web, web.http() as stranger:
        account = await opened(stranger)
        typed = account["recovery_code"].lower().replace("-", " ")

        first = await recover(stranger, "ada", typed)
        again = await recover(stranger, "ada", account["recovery_code"], "third password")
        tokens = [account["token"], first.json()["token"]]
        statuses = [await status_of_me(web, token) for token in tokens]
        log_ins = [(await log_in(stranger, "Ada", word)).status_code for word in (PASSWORD, NEW, "third password")]
        fresh = await recover(stranger, "Ada", first.json()["recovery_code"], "third password")

    assert (first.status_code, first.json()["user_id"]) == (201, account["user_id"])
    assert first.json()["recovery_code"] != account["recovery_code"]
    assert code_of(again) == (403, "wrong_credentials")
    assert statuses == [401, 200]
    assert log_ins == [403, 201, 403]
    assert fresh.status_code == 201


async def test_of_many_recoveries_with_one_code_at_once_exactly_one_works() -> None:
    async with inside() as web, web.http() as stranger:
        code = (await opened(stranger))["recovery_code"]

        answers = await asyncio.gather(*(recover(stranger, "Ada", code, f"password {n}") for n in range(AT_ONCE)))
        works = [(await log_in(stranger, "Ada", f"password {n}")).status_code == 201 for n in range(AT_ONCE)]

    won = [answer.status_code == 201 for answer in answers]
    assert sum(won) == 1
    assert works == won
    assert {answer.status_code for answer in answers} <= {201, 403, 503}


# --- two at once -----------------------------------------------------------------------------------------------------


async def test_one_guest_who_opens_many_accounts_at_once_has_one() -> None:
    async with inside() as web, web.http() as stranger, web.http(await guest(stranger)) as ada:
        wanted = [{"username": f"ada{n}", "password": PASSWORD} for n in range(AT_ONCE)]
        answers = await asyncio.gather(*(ada.post(f"{API}/accounts", json=each) for each in wanted))
        name = (await ada.get(f"{API}/me")).json()["username"]

    assert [code_of(each)[1] for each in answers if each.status_code != 201] == ["has_account"] * (AT_ONCE - 1)
    assert [each.json()["username"] for each in answers if each.status_code == 201] == [name]


async def test_of_many_who_want_one_name_at_once_one_gets_it_and_the_others_stay_strangers() -> None:
    async with inside() as web, web.http() as stranger:
        wanted = {"username": "Ada", "password": PASSWORD}
        answers = await asyncio.gather(*(stranger.post(f"{API}/accounts", json=wanted) for _ in range(AT_ONCE)))
        users = len(web.store.kept.users)

    assert sorted(each.status_code for each in answers) == [201] + [409] * (AT_ONCE - 1)
    assert {code_of(each)[1] for each in answers if each.status_code == 409} == {"name_taken"}
    assert users == 1


async def test_after_a_change_of_password_no_device_that_came_in_with_the_old_one_is_in() -> None:
    async with inside() as web, web.http() as stranger:
        token = (await opened(stranger))["token"]
        async with web.http(token) as ada:
            change = ada.patch(f"{API}/me", json={"password": NEW, "current_password": PASSWORD})
            *log_ins, changed = await asyncio.gather(
                *(log_in(stranger, "Ada", PASSWORD) for _ in range(AT_ONCE)), change
            )

        got = [answer.json()["token"] for answer in log_ins if answer.status_code == 201]
        left = [await status_of_me(web, each) for each in got]

    assert changed.status_code == 200
    assert left == [401] * len(got)
    assert {answer.status_code for answer in log_ins} <= {201, 403, 503}


# --- names -----------------------------------------------------------------------------------------------------------


async def test_nobody_is_called_as_the_game_is() -> None:
    async with inside() as web, web.http() as stranger, web.http(await guest(stranger)) as ada:
        refused = [
            await stranger.post(f"{API}/guests", json={"display_name": "M i n o t a u r"}),
            await stranger.post(f"{API}/accounts", json={"username": "mínotaur", "password": PASSWORD}),
            await ada.patch(f"{API}/me", json={"display_name": "MINOTAUR!"}),
        ]

    assert {code_of(each) for each in refused} == {(422, "bad_name")}


async def test_two_people_of_one_name_are_told_apart_at_a_table_and_are_called_so_nowhere_else() -> None:
    async with inside() as web, web.http() as stranger:
        tokens = [await guest(stranger, name) for name in ("Ada", "ADA", "ada (2)", "Ada")]
        host, *others = (web.http(token) for token in tokens)
        join_code = await game(host, seats=4)
        for other in others:
            await other.post(f"{API}/games/{join_code}/join")
        players = (await host.get(f"{API}/games/{join_code}")).json()["players"]
        me = (await others[0].get(f"{API}/me")).json()
        for client in (host, *others):
            await client.aclose()

    assert [each["display_name"] for each in players] == ["Ada", "ADA (2)", "ada (2) (2)", "Ada (3)"]
    assert me["display_name"] == "ADA"


# --- change, export, delete ------------------------------------------------------------------------------------------


async def test_name_password_and_address_are_changed_by_who_knows_the_password() -> None:
    async with inside() as web, web.http() as stranger:
        token = (await opened(stranger))["token"]
        other = (await log_in(stranger, "Ada", PASSWORD)).json()["token"]
        async with web.http(token) as ada:
            refused = [
                await ada.patch(f"{API}/me", json={field: value, **proof})
                for field, value in (("username", "Eve"), ("password", NEW), ("email", "eve@example.org"))
                for proof in ({}, {"current_password": "wrong horse"})
            ]
            after_refusals = await status_of_me(web, other)
            wanted = {"username": "Ada_2", "password": NEW, "email": "a@b.c", "display_name": "Countess"}
            changed = await ada.patch(f"{API}/me", json={**wanted, "current_password": PASSWORD})
            exported = (await ada.get(f"{API}/me/export")).json()

        statuses = [await status_of_me(web, each) for each in (token, other)]
        log_ins = [
            (await log_in(stranger, name, word)).status_code
            for name, word in (("Ada", PASSWORD), ("Ada", NEW), ("ada_2", PASSWORD), ("ada_2", NEW))
        ]

    assert {code_of(each) for each in refused} == {(403, "wrong_credentials")}
    assert after_refusals == 200
    assert changed.json()["username"] == "Ada_2" and changed.json()["display_name"] == "Countess"
    assert exported["email"] == "a@b.c"
    assert statuses == [200, 401]
    assert log_ins == [403, 403, 403, 201]


async def test_who_knows_the_password_gets_a_new_recovery_code_and_the_old_one_is_worth_nothing() -> None:
    async with inside() as web, web.http() as stranger:
        account = await opened(stranger)
        other = (await log_in(stranger, "Ada", PASSWORD)).json()["token"]
        async with web.http(account["token"]) as ada:
            refused = await ada.patch(f"{API}/me", json={"new_recovery_code": True})
            renamed = await ada.patch(f"{API}/me", json={"display_name": "Countess"})
            given = await ada.patch(f"{API}/me", json={"new_recovery_code": True, "current_password": PASSWORD})
        others_status = await status_of_me(web, other)
        old = await recover(stranger, "Ada", account["recovery_code"])
        new = await recover(stranger, "Ada", given.json()["recovery_code"])

    assert code_of(refused) == (403, "wrong_credentials")
    assert (renamed.json()["recovery_code"], given.json()["display_name"]) == (None, "Countess")
    assert others_status == 200
    assert (code_of(old), new.status_code) == ((403, "wrong_credentials"), 201)


async def test_a_guest_changes_the_name_they_are_called_by_and_nothing_else() -> None:
    async with inside() as web, web.http() as stranger, web.http(await guest(stranger)) as ada:
        renamed = await ada.patch(f"{API}/me", json={"display_name": " Countess  Ada "})
        hidden = await ada.patch(f"{API}/me", json={"display_name": "a\u202eb"})
        refused = await ada.patch(f"{API}/me", json={"password": NEW, "current_password": "x"})

    assert renamed.json()["display_name"] == "Countess Ada"
    assert code_of(hidden) == (422, "bad_name")
    assert code_of(refused) == (409, "no_account")


async def test_an_export_holds_what_is_kept_and_no_hash_of_anything() -> None:
    async with inside() as web, web.http() as stranger:
        account = await opened(stranger, "Ada", email="ada@example.org", display_name="Countess")
        async with web.http(account["token"]) as ada:
            codes = [await game(ada, seats=2, bots=1) for _ in range(3)]
            answer = await ada.get(f"{API}/me/export")
        row = web.store.kept.accounts[account["user_id"]]

    told = answer.json()
    assert (told["user_id"], told["display_name"]) == (account["user_id"], "Countess")
    assert (told["username"], told["email"]) == ("Ada", "ada@example.org")
    assert [each["join_code"] for each in told["games"]] == codes[::-1]
    assert {each["game_status"] for each in told["games"]} == {"lobby"}
    assert told["since"].endswith("Z") and told["account_since"].endswith("Z") and told["next_cursor"] is None
    assert row.password_hash not in answer.text and account["token"] not in answer.text


async def test_an_export_of_many_games_comes_in_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("clew.web.me.EXPORT_GAMES_MAX", 2)
    async with inside() as web, web.http() as stranger, web.http(await guest(stranger)) as ada:
        codes = [await game(ada, seats=2, bots=1) for _ in range(3)]
        first = (await ada.get(f"{API}/me/export")).json()
        second = (await ada.get(f"{API}/me/export", params={"cursor": first["next_cursor"]})).json()

    assert [each["join_code"] for each in first["games"] + second["games"]] == codes[::-1]
    assert second["next_cursor"] is None


async def test_who_goes_for_good_leaves_no_row_and_no_seat_in_a_lobby_and_frees_the_name() -> None:
    async with inside() as web, web.http() as stranger:
        account = await opened(stranger)
        bob = await guest(stranger, "Bob")
        async with web.http(account["token"]) as ada, web.http(bob) as other:
            mine = await game(ada, seats=3, bots=1)
            shared = await game(ada, seats=3, bots=1)
            theirs = await game(other, seats=3, bots=1)
            await ada.post(f"{API}/games/{theirs}/join")
            await other.post(f"{API}/games/{shared}/join")

            wrong = [await ada.request("DELETE", f"{API}/me", json=body) for body in ({}, {"password": "wrong horse"})]
            gone = await ada.request("DELETE", f"{API}/me", json={"password": PASSWORD})
            after = await ada.get(f"{API}/me")
            games = [(await other.get(f"{API}/games/{code}")).json() for code in (mine, shared, theirs)]
        kept = web.store.kept
        left = [account["user_id"] in kept.users, account["user_id"] in kept.accounts]
        sign_ins = {sign_in.user_id for sign_in in kept.sign_ins.values()}
        again = await opened(stranger, "ADA")

    assert [code_of(each) for each in wrong] == [(403, "wrong_credentials")] * 2
    assert (gone.status_code, code_of(after)) == (204, (401, "not_signed_in"))
    assert [each["game_status"] for each in games] == ["canceled", "lobby", "lobby"]
    assert [[player["display_name"] for player in each["players"]] for each in games[1:]] == [["Bob"], ["Bob"]]
    assert games[1]["host_id"] == games[1]["you"] != "p1"
    assert left == [False, False] and account["user_id"] not in sign_ins
    assert again["user_id"] != account["user_id"]


async def test_who_is_deleted_is_told_so_though_their_lobbies_cannot_be_asked_just_now() -> None:
    games = FaultyStore(memory_store(RealClock()))
    async with inside(games) as web, web.http() as stranger, web.http(await guest(stranger)) as ada:
        await game(ada, seats=2)
        games.down = True
        gone = await ada.request("DELETE", f"{API}/me", json={})

    assert gone.status_code == 204


async def test_a_guest_goes_for_good_without_being_asked() -> None:
    async with inside() as web, web.http() as stranger:
        async with web.http(await guest(stranger)) as ada:
            gone = await ada.request("DELETE", f"{API}/me", json={})
            after = await ada.get(f"{API}/me")
        users = web.store.kept.users

    assert (gone.status_code, after.status_code, users) == (204, 401, {})
