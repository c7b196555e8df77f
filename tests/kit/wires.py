"""A machine of its own for a node: a network namespace with two wires to this one, of which one can be pulled.

Over one wire people come, over the other it reaches PostgreSQL and NATS. The second ends at a switch, whose port can be
closed: both ends stay up and see nothing but silence. Needs root and Linux (``cannot_wire`` says why not).
"""

import json
import os
import shutil
import subprocess
from collections.abc import Generator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network
from typing import Any, Final

ADDRESSES: Final = IPv4Network("198.18.0.0/15")
"""For trials between networks (RFC 2544): nobody is reached there."""
WIRE_BITS: Final = 2
"""A wire has four addresses, of which its two ends have the middle ones; a machine has two wires."""
FORWARDING: Final = "3"
CLOSED: Final = "0"
"""States of a switch's port: the kernel's ``BR_STATE_FORWARDING`` and ``BR_STATE_DISABLED``."""


@dataclass(frozen=True)
class Machine:
    """What runs there is reached at ``address``, and reaches this machine's servers at ``engines``."""

    name: str
    address: str
    engines: str
    network: str
    """Of the wire to the engines."""

    def inside(self, *command: str) -> tuple[str, ...]:
        """The command that runs this one there."""
        return ("ip", "netns", "exec", self.name, *command)

    def pull(self) -> None:
        """Nothing goes over the wire to the engines any more, either way, and neither end is told."""
        _run("bridge", "link", "set", "dev", _far(self.name), "state", CLOSED)

    def unplug(self) -> None:
        """The same, and the machine sees that its wire is dead."""
        _run("ip", "link", "set", _far(self.name), "down")

    def plug(self) -> None:
        """All goes through again."""
        _run("ip", "link", "set", _far(self.name), "up")
        _run("bridge", "link", "set", "dev", _far(self.name), "state", FORWARDING)


def cannot_wire() -> str | None:
    """Why no machine can be had here; None: it can."""
    missing = [tool for tool in ("ip", "bridge") if shutil.which(tool) is None]
    if missing:
        return f"needs {' and '.join(missing)} (Debian: iproute2)"
    name = f"mt{os.getpid()}t"
    for command in (("ip", "netns", "add", name), ("ip", "link", "add", name, "type", "bridge")):
        tried = subprocess.run(command, capture_output=True, text=True, check=False)
        if tried.returncode != 0:
            _forget(name, name)
            return f"needs root with CAP_NET_ADMIN and CAP_SYS_ADMIN: {tried.stderr.strip()}"
    _forget(name, name)
    return None


@contextmanager
def machine() -> Generator[Machine]:
    """A machine whose wires carry everything, until the end of the block."""
    people, engines = _free_wires()
    name = f"mt{os.getpid()}"
    here, there = (str(address) for address in people.hosts())
    switch, node = (str(address) for address in engines.hosts())
    with ExitStack() as made:
        made.callback(_forget, name, _switch(name), _near(name), _far(name))
        _run("ip", "netns", "add", name)
        _run("ip", "link", "add", _switch(name), "type", "bridge", "stp_state", "0", "forward_delay", "0")
        _run("ip", "address", "add", f"{switch}/{engines.prefixlen}", "dev", _switch(name))
        _run("ip", "link", "set", _switch(name), "up")
        for end, address, network in ((_near(name), there, people), (_far(name), node, engines)):
            _run("ip", "link", "add", end, "type", "veth", "peer", "name", "to", "netns", name)
            inner = f"w{end[-1]}"
            _run("ip", "-n", name, "link", "set", "to", "name", inner)
            _run("ip", "-n", name, "address", "add", f"{address}/{network.prefixlen}", "dev", inner)
            _run("ip", "-n", name, "link", "set", inner, "up")
            _run("ip", "link", "set", end, "up")
        _run("ip", "-n", name, "link", "set", "lo", "up")
        _run("ip", "address", "add", f"{here}/{people.prefixlen}", "dev", _near(name))
        _run("ip", "link", "set", _far(name), "master", _switch(name))
        yield Machine(name, there, switch, str(engines))


def _switch(name: str) -> str:
    return f"{name}s"


def _near(name: str) -> str:
    """This end of the wire that people come by."""
    return f"{name}p"


def _far(name: str) -> str:
    """The switch's end of the wire to the engines."""
    return f"{name}e"


def _free_wires() -> tuple[IPv4Network, IPv4Network]:
    """Two that nobody here uses; another process begins to look elsewhere."""
    told: list[dict[str, Any]] = json.loads(_run("ip", "-json", "address"))
    used = [IPv4Address(one["local"]) for link in told for one in link.get("addr_info", ()) if one["family"] == "inet"]
    pairs = list(ADDRESSES.subnets(new_prefix=32 - WIRE_BITS - 1))
    begin = os.getpid() % len(pairs)
    free = next(pair for pair in pairs[begin:] + pairs[:begin] if not any(address in pair for address in used))
    people, engines = free.subnets()
    return people, engines


def _forget(name: str, *links: str) -> None:
    for command in (("ip", "netns", "delete", name), *(("ip", "link", "delete", link) for link in links)):
        subprocess.run(command, capture_output=True, check=False)


def _run(*command: str) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{' '.join(command)}: {done.stderr.strip()}"
    return done.stdout
