"""Where somebody wants to be told, over HTTP: theirs alone, bounded, and gone with what proved who they were."""

from typing import Any

import httpx
import pytest

from clew.people.pushes.bounds import PUSHES_MAX, WEBHOOK_SECRET_BYTES
from tests.clew.web.live import guest, inside
from tests.kit.push_maker import Maker

PATH = "/api/v1/me/pushes"
HOOK = f"{PATH}/webhook"


def subscription(name: str = "one") -> dict[str, Any]:
    return {**Maker().subscription, "endpoint": f"https://push.example/{name}"}


async def kept(http: httpx.AsyncClient) -> list[str]:
    answer = await http.get(PATH)
    assert answer.status_code == 200, answer.text
    return [each["push_id"] for each in answer.json()["pushes"]]


async def test_a_browser_is_told_of_until_it_is_taken_back() -> None:
    async with inside() as web, web.http() as anyone, web.http(await guest(anyone)) as ada:
        one = (await ada.post(PATH, json=subscription())).json()
        again = (await ada.post(PATH, json=subscription())).json()
        two = (await ada.post(PATH, json=subscription("two"))).json()

        assert one["push_id"] == again["push_id"] != two["push_id"]
        assert one["to"] == "push.example"
        assert set(await kept(ada)) == {one["push_id"], two["push_id"]}
        assert (await ada.delete(PATH, params={"push_id": one["push_id"]})).status_code == 204
        assert await kept(ada) == [two["push_id"]]
        assert (await ada.delete(PATH)).status_code == 204
        assert await kept(ada) == []


async def test_nobody_sees_or_takes_back_another_s() -> None:
    async with (
        inside() as web,
        web.http() as anyone,
        web.http(await guest(anyone)) as ada,
        web.http(await guest(anyone, "Bob")) as bob,
    ):
        push_id = (await ada.post(PATH, json=subscription())).json()["push_id"]

        assert await kept(bob) == []
        await bob.delete(PATH, params={"push_id": push_id})
        await bob.delete(PATH)

        assert await kept(ada) == [push_id]
        for method in ("GET", "POST", "DELETE"):
            assert (await anyone.request(method, PATH)).status_code == 401


async def test_there_are_only_so_many_of_one_person() -> None:
    async with inside() as web, web.http() as anyone, web.http(await guest(anyone)) as ada:
        for number in range(PUSHES_MAX + 2):
            await ada.post(PATH, json=subscription(str(number)))

        assert len(await kept(ada)) == PUSHES_MAX


@pytest.mark.parametrize(
    ("wrong", "path"),
    [
        ({"endpoint": "http://push.example/x"}, "endpoint"),
        ({"endpoint": "https://10.0.0.1/x"}, "endpoint"),
        ({"endpoint": "https://[::1]/x"}, "endpoint"),
        ({"keys": {"p256dh": "AAAA", "auth": "A" * 22}}, "keys.p256dh"),
        ({"keys": {"p256dh": "\u00e9", "auth": "A" * 22}}, "keys.p256dh"),
        ({"keys": {**subscription()["keys"], "auth": "AAAA"}}, "keys.auth"),
        ({"keys": {"p256dh": "A" * 129, "auth": "A"}}, "keys.p256dh"),
        ({"endpoint": "https://push.example/" + "x" * 1024}, "endpoint"),
    ],
)
async def test_what_is_no_subscription_is_refused_by_its_field(wrong: dict[str, Any], path: str) -> None:
    async with inside() as web, web.http() as anyone, web.http(await guest(anyone)) as ada:
        answer = await ada.post(PATH, json={**subscription(), **wrong})

        assert answer.status_code == 422, answer.text
        assert answer.json()["error"]["details"]["path"] == path
        assert await kept(ada) == []


async def test_it_ends_with_the_token_it_was_asked_with() -> None:
    async with inside() as web, web.http() as anyone:
        token = await guest(anyone)
        async with web.http(token) as ada:
            await ada.post(PATH, json=subscription())
            assert len(web.store.kept.pushes) == 1

            await ada.delete("/api/v1/sessions")

        now = 0
        assert await web.store.pushes.pushes_of([each.user_id for each in web.store.kept.pushes.values()], now) == []


async def test_going_for_good_takes_them_along_and_the_export_has_them() -> None:
    async with inside() as web, web.http() as anyone:
        async with web.http(await guest(anyone)) as ada:
            await ada.post(PATH, json=subscription())

            exported = (await ada.get("/api/v1/me/export")).json()
            await ada.request("DELETE", "/api/v1/me", json={})

        assert [each["endpoint"] for each in exported["pushes"]] == ["https://push.example/one"]
        assert "auth" not in str(exported) and web.store.kept.pushes == {}


async def test_nobody_asks_for_more_and_more_of_them() -> None:
    async with inside(rate_limits=True) as web, web.http() as anyone:
        async with web.http(await guest(anyone)) as ada:
            statuses = [(await ada.post(PATH, json=subscription(str(number)))).status_code for number in range(25)]

        assert statuses[0] == 201 and statuses[-1] == 429


async def test_an_address_of_one_s_own_is_told_of_and_its_secret_once() -> None:
    async with (
        inside() as web,
        web.http() as anyone,
        web.http(await guest(anyone)) as ada,
        web.http(await guest(anyone, "Bob")) as bob,
    ):
        first = (await ada.post(HOOK, json={"url": "https://ada.example/turns"})).json()
        again = (await ada.post(HOOK, json={"url": "https://ada.example/turns"})).json()
        bobs = (await bob.post(HOOK, json={"url": "https://ada.example/turns"})).json()
        listed = (await ada.get(PATH)).json()["pushes"]

        assert first["push_id"] == again["push_id"] != bobs["push_id"]
        assert len({each["secret"] for each in (first, again, bobs)}) == 3
        assert all(len(bytes.fromhex(each["secret"])) == WEBHOOK_SECRET_BYTES for each in (first, again, bobs))
        assert [(each["way"], each["to"]) for each in listed] == [("webhook", "ada.example")]
        assert again["secret"] not in str(listed)
        await ada.delete(PATH, params={"push_id": bobs["push_id"]})
        assert len(await kept(bob)) == 1
        await ada.delete(PATH, params={"push_id": again["push_id"]})
        assert await kept(ada) == []


@pytest.mark.parametrize(
    "url", ["http://ada.example/x", "https://127.0.0.1/x", "https://ada.example:8443/x", "https://a:b@ada.example/", ""]
)
async def test_an_address_that_browsers_may_not_have_is_nobody_s_own_either(url: str) -> None:
    async with inside() as web, web.http() as anyone, web.http(await guest(anyone)) as ada:
        answer = await ada.post(HOOK, json={"url": url})

        assert answer.status_code == 422, answer.text
        assert answer.json()["error"]["details"]["path"] == "url"
        assert (await anyone.post(HOOK, json={"url": "https://ada.example/"})).status_code == 401
