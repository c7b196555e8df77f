"""What the runtime counts, for ``/metrics``."""

from __future__ import annotations

from functools import cache
from typing import Final

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

KIND: Final = "kind"
"""The label that says which game sessions are of. Kinds are few: those a server has, and those in its store."""


class Metrics:
    """The runtime's own counters in one registry; two hosts need two registries.

    What is counted of sessions says of which kind they are; what is counted of nodes and transactions does not.
    """

    def __init__(self, registry: CollectorRegistry) -> None:
        self._of = dict[str, KindMetrics]()
        self.sessions = Gauge("clew_sessions", "Open sessions held by this node", [KIND], registry=registry)
        self.answers = Counter("clew_commands", "Commands by what became of them", [KIND, "outcome"], registry=registry)
        self.commits = Counter("clew_commits", "Transactions committed", registry=registry)
        self.commit_parts = Histogram(
            "clew_commit_parts",
            "Sessions' parts in one transaction",
            buckets=(1, 2, 5, 10, 20, 50, 100, 200, 500),
            registry=registry,
        )
        self.commit_seconds = Histogram(
            "clew_commit_seconds",
            "Time of one transaction",
            buckets=(0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.5, 1, 10),
            registry=registry,
        )
        self.store_faults = Counter("clew_store_faults", "Store calls that failed", ["fault"], registry=registry)
        self.fenced = Counter(
            "clew_fenced", "Writes refused because another holds the session", [KIND], registry=registry
        )
        self.crashes = Counter("clew_session_crashes", "Sessions restarted after a bug", [KIND], registry=registry)
        self.quarantined = Counter("clew_quarantined", "Sessions put out of service", [KIND], registry=registry)
        self.too_new = Gauge(
            "clew_sessions_too_new",
            "Open sessions that nobody holds and only a newer release can read",
            [KIND],
            registry=registry,
        )
        self.deadlines = Counter("clew_deadlines", "Deadlines that fired", [KIND], registry=registry)
        self.watcher_errors = Counter("clew_watcher_errors", "Watchers ended by an error", [KIND], registry=registry)
        self.trusted = Gauge("clew_lease_trusted", "1 while this node's lease is fresh", registry=registry)
        self.unserved = Counter(
            "clew_unserved_seconds", "Time in which this node could serve nobody", ["cause"], registry=registry
        )
        self.credits = Counter(
            "clew_clock_credits", "Deadlines moved by time that is given back", [KIND, "why"], registry=registry
        )
        self.clock_offset = Gauge(
            "clew_clock_offset_seconds", "This node's clock against the store's", registry=registry
        )
        self.leases_lost = Counter("clew_leases_lost", "Lives of this node that were over", registry=registry)
        self.freezes = Counter("clew_freezes", "Times this node fell silent without a lease", registry=registry)
        self.nodes_alive = Gauge("clew_nodes_alive", "Living nodes, as this one sees them", registry=registry)
        self.claimed = Counter(
            "clew_claimed", "Sessions claimed from dead nodes or from nobody", [KIND, "cause"], registry=registry
        )
        self.deaths = Counter("clew_node_deaths_seen", "Dead processes noticed by their lifeline", registry=registry)
        self.taken = Counter(
            "clew_taken", "Sessions that came into memory, by the way", [KIND, "way"], registry=registry
        )
        self.handed = Counter(
            "clew_handed_over", "Sessions given away, by outcome", [KIND, "outcome"], registry=registry
        )
        self.hand_seconds = Histogram(
            "clew_handoff_seconds",
            "Time a batch of sessions stands still while it is handed over",
            buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5),
            registry=registry,
        )
        self.asleep = Counter("clew_sessions_put_to_sleep", "Sessions that left memory", [KIND], registry=registry)
        self.woken = Counter(
            "clew_sessions_woken", "Sleeping sessions read back for a deadline", [KIND], registry=registry
        )
        self.compacted = Counter(
            "clew_compacted", "Closed sessions whose journal was compacted", [KIND], registry=registry
        )
        self.compacted_bytes = Counter(
            "clew_compacted_bytes", "Their journals' bytes before and after", [KIND, "when"], registry=registry
        )
        self.not_compacted = Counter(
            "clew_not_compacted", "Closed sessions whose journal can't be compacted", [KIND], registry=registry
        )
        self.reckoned = Counter("clew_reckoned", "Sessions whose results were kept", [KIND], registry=registry)
        self.not_reckoned = Counter(
            "clew_not_reckoned",
            "Sessions that came to their end whose results can't be read",
            [KIND],
            registry=registry,
        )
        self.forgotten = Counter(
            "clew_forgotten",
            "Users without a session, and ways to sign in, that were deleted",
            ["what"],
            registry=registry,
        )
        self.histories_changed = Counter(
            "clew_histories_changed",
            "Viewers and sessions that hold what the store does not have any more",
            ["who"],
            registry=registry,
        )
        self.mailbox = Gauge("clew_mailbox_depth", "Commands waiting for all sessions", [KIND], registry=registry)
        self.feed_lag = Histogram(
            "clew_feed_lag_seconds",
            "Time from telling a viewer at the owner to the arrival at this gateway, by both nodes' clocks",
            buckets=(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 10),
            registry=registry,
        )
        self.routes = Counter("clew_routes", "Questions by where they were answered", ["where"], registry=registry)
        self.route_seconds = Histogram(
            "clew_route_seconds",
            "Time until a question found its owner and was answered, by another node",
            buckets=(0.001, 0.005, 0.01, 0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10),
            registry=registry,
        )

    def of(self, kind: str) -> KindMetrics:
        """What is counted of the sessions of one kind."""
        if kind not in self._of:
            self._of[kind] = KindMetrics(self, kind)
        return self._of[kind]


class KindMetrics:
    """The counters of one kind of sessions, looked up once: a session counts with each command."""

    def __init__(self, metrics: Metrics, kind: str) -> None:
        self.sessions = metrics.sessions.labels(kind)
        self.acknowledged = metrics.answers.labels(kind, "acknowledged")
        self.refused = metrics.answers.labels(kind, "refused")
        self.busy = metrics.answers.labels(kind, "busy")
        self.fenced = metrics.fenced.labels(kind)
        self.crashes = metrics.crashes.labels(kind)
        self.quarantined = metrics.quarantined.labels(kind)
        self.deadlines = metrics.deadlines.labels(kind)
        self.watcher_errors = metrics.watcher_errors.labels(kind)

        # Thousands are counted at once, and looking a label up costs more than counting.
        @cache
        def credits_of(why: str) -> Counter:
            return metrics.credits.labels(kind, why)

        @cache
        def claimed_by(cause: str) -> Counter:
            return metrics.claimed.labels(kind, cause)

        self._credits_of = credits_of
        self._claimed_by = claimed_by
        self._taken_by_claim = metrics.taken.labels(kind, "claim")

    def credited(self, why: str) -> None:
        """Count a deadline moved."""
        self._credits_of(why).inc()

    def claimed_from(self, cause: str) -> None:
        """Count a session claimed, and that it came into memory so."""
        self._claimed_by(cause).inc()
        self._taken_by_claim.inc()
