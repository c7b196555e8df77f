"""Token buckets and who counts as one client."""

from hypothesis import given
from hypothesis import strategies as st

from clew.web.limits import Bucket, Limiter, Rate, client_key, retry_after_header


class HandClock:
    def __init__(self) -> None:
        self.now_s = 100.0

    def __call__(self) -> float:
        return self.now_s


def test_a_burst_is_allowed_and_then_one_for_each_interval() -> None:
    clock = HandClock()
    bucket = Bucket(Rate(per_s=2.0, burst=3), clock)

    first = [bucket.take_nowait() for _ in range(4)]
    clock.now_s += 0.5
    later = [bucket.take_nowait() for _ in range(2)]

    assert first == [True, True, True, False]
    assert later == [True, False]


def test_who_waits_as_long_as_told_is_let_in() -> None:
    clock = HandClock()
    bucket = Bucket(Rate(per_s=0.3, burst=1), clock)
    bucket.take_nowait()
    assert not bucket.take_nowait()

    clock.now_s += float(retry_after_header(bucket.wait_s()))

    assert bucket.take_nowait()


@given(st.lists(st.floats(0.0, 3.0), max_size=60))
def test_never_more_than_burst_and_rate_allow(pauses: list[float]) -> None:
    clock = HandClock()
    rate = Rate(per_s=2.0, burst=5)
    bucket = Bucket(rate, clock)

    taken = 0
    for pause in pauses:
        clock.now_s += pause
        taken += bucket.take_nowait()

    assert taken <= rate.burst + rate.per_s * (clock.now_s - 100.0) + 1e-6


def test_a_client_keeps_its_bucket_and_others_have_their_own() -> None:
    limiter = Limiter(Rate(per_s=1.0, burst=1), HandClock(), keys_max=10)

    taken = [limiter.bucket(key).take_nowait() for key in ("ada", "bob", "ada")]

    assert taken == [True, True, False]


def test_only_so_many_clients_are_remembered_and_the_quietest_is_forgotten() -> None:
    limiter = Limiter(Rate(per_s=1.0, burst=1), HandClock(), keys_max=2)
    limiter.bucket("ada").take_nowait()
    limiter.bucket("bob").take_nowait()
    limiter.bucket("ada")
    limiter.bucket("cleo").take_nowait()

    assert len(limiter) == 2
    assert not limiter.bucket("ada").take_nowait()
    assert limiter.bucket("bob").take_nowait()


def test_without_a_rate_everything_is_allowed_and_nobody_is_remembered() -> None:
    limiter = Limiter(None, HandClock(), keys_max=2)

    assert all(limiter.bucket(str(key)).take_nowait() for key in range(100))
    assert len(limiter) == 0


def test_one_customer_of_ipv6_is_one_client() -> None:
    assert client_key("2001:db8:1:2:aaaa::1") == client_key("2001:db8:1:2:bbbb::9")
    assert client_key("2001:db8:1:2::1") != client_key("2001:db8:1:3::1")
    assert client_key("::ffff:192.0.2.7") == client_key("192.0.2.7") == "192.0.2.7"
    assert client_key("unknown") == "unknown"
