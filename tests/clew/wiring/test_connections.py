"""How many connections there may be, and which is given up for another."""

from itertools import count

from clew.web.bounds import CONNECTIONS_PER_ADDRESS_MAX, STRANGERS_PER_ADDRESS_MAX
from clew.wiring.connections import Connections

HERE, THERE, PROXY = "192.0.2.1", "192.0.2.2", "10.0.0.7"


class Transport:
    """A connection's transport that is gone as soon as it is closed."""

    def __init__(self, among: Connections, waiting_bytes: int = 0) -> None:
        self._among = among
        self._waiting_bytes = waiting_bytes
        self.end = ""

    def get_write_buffer_size(self) -> int:
        return self._waiting_bytes

    def close(self) -> None:
        self.end = "closed"
        self._among.closed(self)

    def abort(self) -> None:
        self.end = "reset"
        self._among.closed(self)


def several(among: Connections, number: int, peer: str = HERE) -> list[Transport]:
    opened = [Transport(among) for _ in range(number)]
    assert [among.opened(transport, peer) for transport in opened] == [None] * number
    return opened


def usual() -> Connections:
    return Connections(lambda _: 1, {PROXY}, 1_000_000)


def test_one_more_than_fit_closes_the_one_that_waited_longest() -> None:
    among = usual()
    first, second, *_ = several(among, STRANGERS_PER_ADDRESS_MAX)
    among.is_busy(first)
    among.waits(first)

    several(among, 1)

    assert (first.end, second.end) == ("", "closed")
    assert len(among) == STRANGERS_PER_ADDRESS_MAX


def test_one_that_never_took_its_answer_is_not_waited_for() -> None:
    among = usual()
    stuck = Transport(among, waiting_bytes=1)
    assert among.opened(stuck, HERE) is None

    several(among, STRANGERS_PER_ADDRESS_MAX)

    assert stuck.end == "reset"


def test_where_all_are_busy_the_new_one_is_refused_and_others_are_not() -> None:
    among = usual()
    for transport in several(among, STRANGERS_PER_ADDRESS_MAX):
        among.is_busy(transport)

    assert among.opened(Transport(among), HERE) == "address"
    assert among.opened(Transport(among), THERE) is None
    assert len(among) == STRANGERS_PER_ADDRESS_MAX + 1


def test_sockets_of_people_leave_room_for_strangers_up_to_a_number() -> None:
    among = usual()
    while len(among) < CONNECTIONS_PER_ADDRESS_MAX:
        (transport,) = several(among, 1)
        among.is_socket(transport)

    assert among.opened(Transport(among), HERE) == "address"


def test_what_was_closed_is_forgotten_whatever_it_was() -> None:
    among = usual()
    strangers = several(among, 5)
    among.is_socket(strangers[0])
    among.is_busy(strangers[1])

    for transport in strangers:
        transport.close()
        among.closed(transport)
        among.waits(transport)
        among.is_socket(transport)

    assert len(among) == 0
    assert not any(vars(among)[kept] for kept in ("_addresses", "_waiting", "_sockets"))


def test_a_proxy_is_its_clients_and_an_ipv6_network_is_one() -> None:
    among = usual()

    several(among, 2 * CONNECTIONS_PER_ADDRESS_MAX, PROXY)
    numbers = count(1)
    for _ in range(STRANGERS_PER_ADDRESS_MAX):
        among.is_busy(*several(among, 1, f"2001:db8::{next(numbers):x}"))

    assert among.opened(Transport(among), "2001:db8::ffff") == "address"
    assert among.opened(Transport(among), "2001:db8:1::1") is None


def test_the_whole_has_a_bound_too() -> None:
    among = Connections(lambda _: None, set[str](), 10)
    opened = several(among, 10)
    among.is_busy(opened[0])

    several(among, 9)

    assert opened[0].end == ""
    assert [transport.end for transport in opened[1:]] == ["closed"] * 9
