"""What is sent to people who are not here: readable by their browser, to public addresses, within bounds."""

import ipaddress
from asyncio import TaskGroup
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Final

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec
from prometheus_client import CollectorRegistry

from clew.client.retrying import pause
from clew.people.pushes.bounds import TRIES_MAX
from clew.people.pushes.delivery import Delivery, Nudge
from clew.people.pushes.encryption import encrypted, is_public_key
from clew.people.pushes.outside import NoAnswer, NotAllowed, Outside, is_public, networks_of
from clew.people.pushes.vapid import VapidKey
from clew.sessions.ids import Millis, UserId
from clew.sessions.ports.pushes import PushRecord, PushWay
from clew.sessions.records import SignIn, UserRecord
from clew.testing.memory.store import MemoryStore, memory_store
from clew.wiring.clock import RealClock
from tests.kit.cluster import wait_for
from tests.kit.push_maker import (
    AUTH,
    LOCAL,
    Maker,
    answer,
    claims_of,
    decrypted,
    plain,
    point,
    push_maker,
    text,
    webhook,
)

ADA: Final = UserId("ada")
NUDGE: Final = Nudge(what="your_turn", game="Minotaur", join_code="ABC234", round=3)
SECRET: Final = b"s" * 32
LATER: Final = Millis(9_999_999_999_999)


class QuickClock(RealClock):
    """Waits for nothing."""

    async def sleep(self, delay_s: float) -> None:
        del delay_s
        await pause(0)  # a turn of the loop


@asynccontextmanager
async def delivering(
    maker: Maker, way: PushWay = "browser"
) -> AsyncGenerator[tuple[Delivery, MemoryStore, PushRecord, CollectorRegistry]]:
    clock, registry = QuickClock(), CollectorRegistry()
    store = memory_store(clock)
    public_key, secret = (point(maker.key), AUTH) if way == "browser" else (b"", SECRET)
    push = PushRecord(b"one", ADA, b"hash", way, maker.endpoint, public_key, secret, clock.now())
    await store.users.add_user(UserRecord(ADA, "Ada", clock.now()), SignIn(b"hash", ADA, LATER))
    await store.pushes.put_push(push, 3)
    vapid = VapidKey(b"k" * 32, "mailto:ops@game.example")
    delivery = Delivery(store.pushes, Outside(networks_of([LOCAL])), vapid, clock, lambda: bytes(16), registry)
    async with TaskGroup() as tasks:
        running = tasks.create_task(delivery.run())
        await pause(0)  # it begins
        yield delivery, store, push, registry
        running.cancel()


def counted(registry: CollectorRegistry, outcome: str) -> float:
    return registry.get_sample_value("clew_nudges_total", {"outcome": outcome}) or 0.0


async def until_counted(registry: CollectorRegistry, outcome: str, times: int = 1) -> None:
    async def is_counted() -> bool:
        return counted(registry, outcome) >= times

    await wait_for(is_counted, 10)


def test_the_example_of_rfc_8291_comes_out_to_the_byte() -> None:
    ours = ec.derive_private_key(
        int.from_bytes(plain("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"), "big"), ec.SECP256R1()
    )
    public = plain("BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4")

    body = encrypted(
        b"When I grow up, I want to be a watermelon",
        public,
        plain("BTBZMqHH6r4Tts7J_aSIgg"),
        plain("DGv6ra1nlYgDCS1FRnbzlw"),
        ours,
    )

    assert text(body) == (
        "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_"
        "yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
    )


def test_only_a_point_of_the_curve_is_a_public_key() -> None:
    good = point(ec.generate_private_key(ec.SECP256R1()))

    assert is_public_key(good)
    assert not is_public_key(good[:-1])
    assert not is_public_key(b"\x04" + bytes(64))
    assert not is_public_key(b"")


def test_the_sender_s_key_is_the_same_wherever_the_secret_is_and_another_for_another() -> None:
    assert VapidKey(b"k" * 32, None).public == VapidKey(b"k" * 32, None).public
    assert VapidKey(b"k" * 32, None).public != VapidKey(b"l" * 32, None).public
    assert is_public_key(plain(VapidKey(b"k" * 32, None).public))


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.0.0.1",
        "192.168.1.1",
        "172.16.0.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "224.0.0.1",
        "255.255.255.255",
        "::1",
        "::",
        "fe80::1",
        "fd00::1",
        "::ffff:127.0.0.1",
        "64:ff9b::7f00:1",
        "2002:7f00:1::",
        "198.18.0.1",
        "192.0.2.1",
        "2001:db8::1",
        "ff02::1",
        "64:ff9b:1::a00:1",
    ],
)
def test_what_is_not_the_public_internet_is_known(address: str) -> None:
    assert not is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize("address", ["93.184.216.34", "2a00:1450:4001:831::200a", "::ffff:93.184.216.34"])
def test_what_is_the_public_internet_is_known(address: str) -> None:
    assert is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize(
    "url",
    [
        "http://push.example/",
        "https://push.example:8443/",
        "https://127.0.0.1/",
        "https://[::1]/",
        "ftp://push.example/",
        "https://user@push.example/",
        "https://u:p@push.example/",
        "https:///x",
        "push.example",
        "",
        "https://push.example/#x",
        "https://push.example/\\@127.0.0.1",
        "https://push.example/ x",
        "https://pu\u0161h.example/",
        "https://x:99999/",
        "https://[::ffff:10.0.0.1]/",
        "https://169.254.169.254/latest",
        "https://push.example/" + "x" * 1024,
    ],
)
async def test_an_address_that_may_not_be_called_is_refused_before_anybody_is_asked(url: str) -> None:
    outside = Outside()

    with pytest.raises(NotAllowed):
        outside.check(url)
    with pytest.raises(NotAllowed):
        await outside.post(url, {}, b"")


def test_the_makers_of_browsers_may_be_called() -> None:
    for host in ("fcm.googleapis.com", "updates.push.services.mozilla.com", "web.push.apple.com"):
        Outside().check(f"https://{host}/wpush/v2/gAAAAA:b-_c?x=1")


async def test_a_name_that_stands_for_an_address_of_ours_is_not_called() -> None:
    with pytest.raises(NotAllowed):
        await Outside().post("https://localhost/", {}, b"")


async def test_plain_http_is_for_the_operator_s_own_networks_alone() -> None:
    async with push_maker() as maker:
        other = Outside(networks_of(["10.0.0.0/8"]))

        with pytest.raises(NotAllowed):
            await other.post(f"http://localhost:{maker.port}/", {}, b"")
        with pytest.raises(NotAllowed):
            await other.post(maker.endpoint, {}, b"")

        assert maker.heads == []


async def test_a_redirect_is_not_followed() -> None:
    async with push_maker() as maker, push_maker() as elsewhere, delivering(maker) as (delivery, _, push, registry):
        maker.answers.append(answer("307 Temporary Redirect", f"location: {elsewhere.endpoint}"))

        delivery.send_nowait(push, NUDGE, "topic", None)
        await until_counted(registry, "refused")

        assert elsewhere.heads == []


async def test_who_never_answers_is_given_up() -> None:
    outside = Outside(networks_of([LOCAL]))

    with pytest.raises(NoAnswer):
        await outside.post("http://127.0.0.1:9/", {}, b"")


async def test_only_that_browser_can_read_it_and_its_maker_sees_who_sends() -> None:
    async with push_maker() as maker, delivering(maker) as (delivery, _, push, registry):
        delivery.send_nowait(push, NUDGE, "topic", None)
        await until_counted(registry, "delivered")

        assert maker.said == [{"what": "your_turn", "game": "Minotaur", "join_code": "ABC234", "round": 3}]
        head = maker.heads[0]
        claims = claims_of(head["authorization"], VapidKey(b"k" * 32, None).public)
        assert claims["aud"] == f"http://127.0.0.1:{maker.port}" and claims["sub"] == "mailto:ops@game.example"
        assert (head["topic"], head["content-encoding"], head["ttl"]) == ("topic", "aes128gcm", "86400")
        with pytest.raises(InvalidTag):
            decrypted(encrypted(b"x", push.public_key, AUTH, bytes(16)), maker.key, bytes(16))


@pytest.mark.parametrize("status", ["404 Not Found", "410 Gone"])
async def test_a_browser_that_is_no_more_is_forgotten(status: str) -> None:
    async with push_maker() as maker, delivering(maker) as (delivery, store, push, registry):
        maker.answers.append(answer(status))

        delivery.send_nowait(push, NUDGE, "topic", None)
        await until_counted(registry, "gone")

        assert store.kept.pushes == {}


async def test_what_a_browser_subscribed_to_anew_stays_though_the_old_is_gone() -> None:
    async with push_maker() as maker, delivering(maker) as (delivery, store, push, registry):
        maker.answers.append(answer("410 Gone"))
        anew = PushRecord(b"one", ADA, b"hash", "browser", maker.endpoint, push.public_key, b"n" * 16, LATER - 1)
        await store.pushes.put_push(anew, 3)

        delivery.send_nowait(push, NUDGE, "topic", None)
        await until_counted(registry, "gone")

        assert store.kept.pushes == {b"one": anew}


@pytest.mark.parametrize("status", ["429 Too Many Requests", "503 Service Unavailable"])
async def test_a_maker_in_trouble_is_asked_again_and_then_left_alone(status: str) -> None:
    async with push_maker() as maker, delivering(maker) as (delivery, store, push, registry):
        maker.answers.extend(answer(status, "retry-after: 1") for _ in range(TRIES_MAX + 1))

        delivery.send_nowait(push, NUDGE, "topic", None)
        await until_counted(registry, "again", TRIES_MAX)
        delivery.send_nowait(push, NUDGE, "topic", None)
        await until_counted(registry, "delivered")

        assert len(maker.heads) == TRIES_MAX + 2
        assert b"one" in store.kept.pushes


async def test_what_is_of_no_use_any_more_is_not_sent_again() -> None:
    async with push_maker() as maker, delivering(maker) as (delivery, _, push, registry):
        maker.answers.append(answer("503 Service Unavailable"))

        delivery.send_nowait(push, NUDGE, "topic", Millis(RealClock().now() + 1000))
        await until_counted(registry, "again")
        await pause(0.05)  # nothing is to come

        assert len(maker.heads) == 1 and int(maker.heads[0]["ttl"]) <= 1


async def test_an_address_of_one_s_own_is_told_what_browsers_are_and_can_tell_who_says_it() -> None:
    async with webhook() as hook, delivering(hook, "webhook") as (delivery, _, push, registry):
        hook.secret = SECRET

        delivery.send_nowait(push, NUDGE, "topic", None)
        await until_counted(registry, "delivered")

        assert hook.said == [{"what": "your_turn", "game": "Minotaur", "join_code": "ABC234", "round": 3}]
        assert not {"authorization", "cookie", "topic"} & set(hook.heads[0])


async def test_an_address_of_one_s_own_in_trouble_is_asked_again_and_given_up_in_the_end() -> None:
    async with webhook() as hook, delivering(hook, "webhook") as (delivery, _, push, registry):
        hook.secret = SECRET
        hook.answers[:] = [answer("503 No")] * TRIES_MAX

        delivery.send_nowait(push, NUDGE, "topic", None)
        await until_counted(registry, "again", TRIES_MAX)
        await pause(0.1)  # nothing more is to come

        assert len(hook.said) == TRIES_MAX


@pytest.mark.parametrize(("status", "left"), [("404 Not Found", 1), ("410 Gone", 0), ("302 Found", 1)])
async def test_an_address_of_one_s_own_is_forgotten_only_when_it_says_that_it_is_gone(status: str, left: int) -> None:
    async with webhook() as hook, delivering(hook, "webhook") as (delivery, store, push, registry):
        hook.secret = SECRET
        hook.answers[:] = [answer(status, "location: http://127.0.0.1:1/")]

        delivery.send_nowait(push, NUDGE, "topic", None)
        await until_counted(registry, "refused" if left else "gone")

        assert len(store.kept.pushes) == left
