"""A machine of its own for a node: a network namespace with two wires to this one, of which one can be pulled.

Over one wire people come, over the other it reaches PostgreSQL and NATS. The second ends at a switch, whose port can be
closed: both ends stay up and see nothing but silence. Needs root and Linux (``cannot_wire`` says why not).

The test has a network of its own too for so long, with nothing but the other ends in it: a Chromium beside it breaks
off whatever it loads (``ERR_NETWORK_CHANGED``) when an address comes or goes in the network that it is in.
"""

import ctypes
import os
import shutil
import subprocess
from collections.abc import Generator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from ipaddress import IPv4Network
from pathlib import Path
from typing import Final

PEOPLE: Final = IPv4Network("198.18.0.0/30")
ENGINES: Final = IPv4Network("198.18.0.4/30")
"""For trials between networks (RFC 2544): nobody is reached there. A wire's two ends have the middle addresses."""
FORWARDING: Final = "3"
CLOSED: Final = "0"
"""States of a switch's port: the kernel's ``BR_STATE_FORWARDING`` and ``BR_STATE_DISABLED``."""
_CLONE_NEWNET: Final = 0x40000000


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
    try:
        with _network_of_its_own(), ExitStack() as made:
            made.callback(_forget, name)
            _run("ip", "netns", "add", name)
            _run("ip", "link", "add", name, "type", "bridge")
    except (CannotWireError, OSError) as why:
        return f"needs root with CAP_NET_ADMIN and CAP_SYS_ADMIN: {why}"
    return None


@contextmanager
def machine() -> Generator[Machine]:
    """A machine whose wires carry everything, until the end of the block.

    This thread, and every process and thread that it starts in the block, is at the other ends of the wires, and
    reaches nothing that was started before.
    """
    name = f"mt{os.getpid()}"
    here, there = (str(address) for address in PEOPLE.hosts())
    switch, node = (str(address) for address in ENGINES.hosts())
    with _network_of_its_own(), ExitStack() as made:
        made.callback(_forget, name)
        _run("ip", "netns", "add", name)
        _run("ip", "link", "add", _switch(name), "type", "bridge", "stp_state", "0", "forward_delay", "0")
        _run("ip", "address", "add", f"{switch}/{ENGINES.prefixlen}", "dev", _switch(name))
        _run("ip", "link", "set", _switch(name), "up")
        for end, address, network in ((_near(name), there, PEOPLE), (_far(name), node, ENGINES)):
            _run("ip", "link", "add", end, "type", "veth", "peer", "name", "to", "netns", name)
            inner = f"w{end[-1]}"
            _run("ip", "-n", name, "link", "set", "to", "name", inner)
            _run("ip", "-n", name, "address", "add", f"{address}/{network.prefixlen}", "dev", inner)
            _run("ip", "-n", name, "link", "set", inner, "up")
            _run("ip", "link", "set", end, "up")
        _run("ip", "-n", name, "link", "set", "lo", "up")
        _run("ip", "address", "add", f"{here}/{PEOPLE.prefixlen}", "dev", _near(name))
        _run("ip", "link", "set", _far(name), "master", _switch(name))
        yield Machine(name, there, switch, str(ENGINES))


def addresses() -> set[str]:
    """Those of the network that this thread is in."""
    return {line.split()[3].partition("/")[0] for line in _run("ip", "-oneline", "-4", "address").splitlines()}


class CannotWireError(Exception):
    """What the command says that failed."""


@contextmanager
def _network_of_its_own() -> Generator[None]:
    """For this thread and what it starts; what is in it goes with its last user."""
    with Path("/proc/thread-self/ns/net").open("rb") as home:
        _have_kernel("unshare", _CLONE_NEWNET)
        try:
            _run("ip", "link", "set", "lo", "up")
            yield
        finally:
            _have_kernel("setns", home.fileno(), _CLONE_NEWNET)


def _have_kernel(call: str, *arguments: int) -> None:
    """``os.unshare`` and ``os.setns`` come with Python 3.12."""
    if getattr(ctypes.CDLL(None, use_errno=True), call)(*arguments) != 0:
        number = ctypes.get_errno()
        raise OSError(number, f"{call}: {os.strerror(number)}")


def _switch(name: str) -> str:
    return f"{name}s"


def _near(name: str) -> str:
    """This end of the wire that people come by."""
    return f"{name}p"


def _far(name: str) -> str:
    """The switch's end of the wire to the engines."""
    return f"{name}e"


def _forget(name: str) -> None:
    """Its ends of the wires go with it, and ours with them."""
    subprocess.run(("ip", "netns", "delete", name), capture_output=True, check=False)


def _run(*command: str) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise CannotWireError(f"{' '.join(command)}: {done.stderr.strip()}")
    return done.stdout
