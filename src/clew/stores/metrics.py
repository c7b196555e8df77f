"""What the embedded store counts, for ``/metrics``."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Gauge


class WalMetrics:
    """The write-ahead log of the SQLite file a server keeps its games in."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self.bytes = Gauge("clew_wal_bytes", "Size of SQLite's write-ahead log", registry=registry)
        self.checkpoints = Counter(
            "clew_wal_checkpoints",
            "Attempts to bring a large write-ahead log back, by what came of them",
            ["result"],
            registry=registry,
        )
        for result in ("cut", "pinned", "busy", "failed"):
            self.checkpoints.labels(result)
