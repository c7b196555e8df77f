"""What the runtime counts, for ``/metrics``."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram


class Metrics:
    """The runtime's own counters in one registry; two hosts need two registries."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self.sessions = Gauge("minotaur_sessions", "Open sessions held by this node", registry=registry)
        self.answers = Counter("minotaur_commands", "Commands by what became of them", ["outcome"], registry=registry)
        self.acknowledged = self.answers.labels("acknowledged")
        self.refused = self.answers.labels("refused")
        self.repeated = self.answers.labels("repeated")
        self.busy = self.answers.labels("busy")
        self.commits = Counter("minotaur_commits", "Transactions committed", registry=registry)
        self.commit_parts = Histogram(
            "minotaur_commit_parts",
            "Sessions' parts in one transaction",
            buckets=(1, 2, 5, 10, 20, 50, 100, 200, 500),
            registry=registry,
        )
        self.commit_seconds = Histogram(
            "minotaur_commit_seconds",
            "Time of one transaction",
            buckets=(0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.5, 1, 10),
            registry=registry,
        )
        self.store_faults = Counter("minotaur_store_faults", "Store calls that failed", ["fault"], registry=registry)
        self.fenced = Counter("minotaur_fenced", "Writes refused because another holds the session", registry=registry)
        self.crashes = Counter("minotaur_session_crashes", "Sessions restarted after a bug", registry=registry)
        self.quarantined = Counter("minotaur_quarantined", "Sessions put out of service", registry=registry)
        self.deadlines = Counter("minotaur_deadlines", "Deadlines that fired", registry=registry)
        self.watcher_errors = Counter("minotaur_watcher_errors", "Watchers ended by an error", registry=registry)
