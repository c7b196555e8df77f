"""Whether a node is of use just now: what it lacks, in words, and whether others could serve its people instead."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal, TypeAlias

import structlog

from clew.sessions.bounds import FIT_FOR_S, FIT_HEARD_WITHIN_S, LACK_CHARS_MAX, LEASE_MS, LEASE_TRUST_S
from clew.sessions.cluster.peers import Peers
from clew.sessions.faults import in_short
from clew.sessions.ids import Owner
from clew.sessions.node_records import Beat, NodeInfo, NodeRow
from clew.sessions.ports.bus import Bus
from clew.sessions.ports.clock import Clock
from clew.sessions.store_health import StoreHealth
from clew.sessions.time.lease import Lease

LackCode: TypeAlias = Literal["store", "lease", "bus", "secret_key"]
LACK_CODES: Final[tuple[LackCode, ...]] = ("store", "lease", "bus", "secret_key")

GATEWAY: Final = "gateway"

_log = structlog.get_logger("clew.sessions.cluster.fitness")


@dataclass(frozen=True, slots=True)
class Lack:
    """Something without which a node is of no use. ``words`` are a sentence for an operator."""

    code: LackCode
    words: str


@dataclass(frozen=True, slots=True)
class _Heard:
    """When a node said that it is fit: for the first and for the last time of those between which it never paused."""

    first_s: float
    last_s: float

    @property
    def lasts(self) -> bool:
        return self.last_s - self.first_s >= FIT_FOR_S


class Fitness:
    """Judges whether one node is of use, over all its lives. Without a ``bus`` it is alone on its store.

    A bus that is lost makes a node unfit only where others have it: where nobody does, there is nowhere better to be,
    and people play on at the nodes they are connected to.
    """

    def __init__(self, clock: Clock, info: NodeInfo, health: StoreHealth, bus: Bus | None, peers: Peers | None) -> None:
        self._clock = clock
        self._health = health
        self._key_print = info.key_print
        self.lets_people_in = GATEWAY in info.roles
        self._bus = bus
        self._peers = peers
        self._bus_was_reached = False
        self._others_had_it_since_s: float | None = None
        self._heard: dict[Owner, _Heard] = {}
        self._strangers = set[Owner]()

    # --- what it lacks -------------------------------------------------------------------------------------------

    def lacks(self, lease: Lease | None, *, was_ready: bool) -> tuple[Lack, ...]:
        """Everything that keeps this node from being of use; none: it is fit. ``lease``: of its life, if it has one."""
        found = [self._lacks_store(lease), self._lacks_bus(lease)]
        if not was_ready:
            found.append(self._lacks_key(lease))
        return tuple(lack for lack in found if lack is not None)

    def added_to(self, beat: Beat, lease: Lease) -> Beat:
        """The beat with what this node lacks. A bus that is away is told though it may be so for all: no lack then."""
        lacks = self.lacks(lease, was_ready=beat.ready)
        away = None if self._bus is None else self._bus.lack
        note = "" if away is None else f"NATS is away: {away}"[:LACK_CHARS_MAX]
        return replace(beat, ready=beat.ready and not lacks, unfit=in_words(lacks) or note)

    def _lacks_store(self, lease: Lease | None) -> Lack | None:
        health = self._health
        fault = "" if health.fault is None else f": {in_short(health.fault)}"
        if health.broken is not None:
            return Lack("store", f"The store can't be written to{fault}: {health.broken.advice}")
        if lease is None or lease.over:
            return Lack("lease", f"This node counts as dead for the others and could not begin anew yet{fault}")
        if lease.silent_s < LEASE_TRUST_S:
            return None
        return Lack("store", f"The store was not written for {lease.silent_s:.0f} s{fault}")

    def _lacks_bus(self, lease: Lease | None) -> Lack | None:
        away = None if self._bus is None else self._bus.lack
        if away is None:
            self._bus_was_reached = True
            self._others_had_it_since_s = None
            return None
        if not self._bus_was_reached:
            return Lack("bus", f"NATS was not reached since the start: {away}")
        knows = lease is not None and lease.silent_s < LEASE_TRUST_S
        if lease is None or not knows or not self._others_have_bus(lease.owner):
            self._others_had_it_since_s = None
            return None
        now_s = self._clock.monotonic()
        if self._others_had_it_since_s is None:
            self._others_had_it_since_s = now_s
        lost_s = now_s - self._others_had_it_since_s
        return Lack("bus", f"NATS is away, for others it is not: {away}") if lost_s >= LEASE_MS / 1_000 else None

    def _lacks_key(self, lease: Lease | None) -> Lack | None:
        """Only before it begins: of those that are serving already, nobody can say whose key is the right one."""
        for row in self._others(lease):
            if row.ready and self._differs(row):
                return Lack("secret_key", f"Its secret key is not that of {row.node_id}: give both the same file")
        return None

    def compare_keys(self, lease: Lease) -> None:
        """Say so, once for each life, where another that is serving has another key."""
        for row in self._others(lease):
            if self._differs(row) and row.owner not in self._strangers:
                self._strangers.add(row.owner)
                _log.error("secret_keys_differ", owner=lease.owner, other=row.owner, what="people are signed out")

    # --- who else could serve ------------------------------------------------------------------------------------

    def heard(self, owner: Owner) -> None:
        """Note that a node which lets people in said over the bus that it is fit."""
        now_s = self._clock.monotonic()
        before = self._heard.get(owner)
        went_on = before is not None and now_s - before.last_s <= FIT_HEARD_WITHIN_S
        self._heard[owner] = _Heard(before.first_s if before is not None and went_on else now_s, now_s)

    def has_elsewhere(self, lease: Lease | None) -> bool:
        """Whether people of this node could be served by another, as far as it can know.

        From the store's list while the store can be asked, else from what is said on the bus for a while by now; who
        has neither goes by the last list it had.
        """
        if self._bus is None or lease is None:
            return False
        listed = any(row.ready and not row.draining and GATEWAY in row.roles for row in self._others(lease))
        if (lease.silent_s < LEASE_TRUST_S and not lease.over) or self._bus.lack is not None:
            return listed
        since_s = self._clock.monotonic() - FIT_HEARD_WITHIN_S
        self._heard = {owner: heard for owner, heard in self._heard.items() if heard.last_s >= since_s}
        return any(heard.lasts for owner, heard in self._heard.items() if owner != lease.owner)

    def _others(self, lease: Lease | None) -> list[NodeRow]:
        if self._peers is None or lease is None:
            return []
        return [row for row in self._peers.rows if row.alive and row.owner != lease.owner]

    def _others_have_bus(self, me: Owner) -> bool:
        """Only those count that would say if they had not: releases before 0.3.0 say nothing."""
        rows: Sequence[NodeRow] = () if self._peers is None else self._peers.rows
        return any(row.alive and row.owner != me and row.ready and row.key_print and not row.unfit for row in rows)

    def _differs(self, row: NodeRow) -> bool:
        return bool(row.key_print and self._key_print) and row.key_print != self._key_print


def in_words(lacks: tuple[Lack, ...]) -> str:
    """All of them as sentences, of bounded length."""
    return " ".join(f"{lack.words}." for lack in lacks)[:LACK_CHARS_MAX]
