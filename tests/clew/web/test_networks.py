"""How much more is allowed where many share an address."""

import pytest

from clew.web.bounds import GUEST_RATE
from clew.web.networks import Networks, network_limits
from tests.clew.web.live import StillClock, inside


@pytest.mark.parametrize(
    ("address", "times"),
    [
        ("192.0.2.1", 1),
        ("10.1.2.3", 10),
        ("::ffff:10.1.2.3", 10),
        ("10.7.0.1", None),
        ("10.7.0.9", 3),
        ("2001:db8::1", None),
        ("2001:db9::1", 1),
        ("unknown", 1),
        ("", 1),
    ],
)
def test_the_smallest_network_speaks_for_an_address(address: str, times: int | None) -> None:
    limits = network_limits(["10.0.0.0/8=10, 10.7.0.0/16=off", "10.7.0.9=3 2001:db8::/32=off"])

    assert Networks(limits).times(address) == times


@pytest.mark.parametrize(
    "named",
    [
        "10.0.0.0/8",
        "10.0.0.0/8=",
        "10.0.0.0/8=0",
        "10.0.0.0/8=-1",
        "10.0.0.0/8=1.5",
        "10.0.0.0/8=on",
        "school=10",
        "10.0.0.0/8=10001",
        "10.0.0.0/33=1",
        "=5",
        "10.0.0.0/8=٣",
    ],
)
def test_what_is_no_limit_of_a_network_is_refused(named: str) -> None:
    with pytest.raises(ValueError, match="write"):
        network_limits([named])


async def test_a_schools_network_may_do_more_and_others_may_not() -> None:
    limits = network_limits(["192.0.2.0/24=2 198.51.100.0/24=off"])
    made = dict[str, int]()

    async with inside(clock=StillClock(), rate_limits=True, network_limits=limits) as web:
        for address in ("203.0.113.1", "192.0.2.1", "198.51.100.1"):
            async with web.http(client=(address, 1)) as http:
                answers = [await http.post("/api/v1/guests", json={"display_name": "Ada"}) for _ in range(300)]
                made[address] = sum(answer.status_code == 201 for answer in answers)

    usual = made["203.0.113.1"]
    assert usual == GUEST_RATE.burst
    assert made["192.0.2.1"] == 2 * usual
    assert made["198.51.100.1"] == 300
