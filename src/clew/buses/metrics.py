"""What a bus counts, for ``/metrics``."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram


class BusMetrics:
    """A bus's own counters in one registry; two buses need two registries."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self.requests = Counter("clew_bus_requests", "Requests by what became of them", ["outcome"], registry=registry)
        self.answered = self.requests.labels("answered")
        self.nobody = self.requests.labels("nobody")
        self.late = self.requests.labels("late")
        self.request_seconds = Histogram(
            "clew_bus_request_seconds",
            "Time from a request to its answer",
            buckets=(0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.5, 1, 10),
            registry=registry,
        )
        self.unanswered = Counter(
            "clew_bus_unanswered", "Requests that came here and got no answer", ["why"], registry=registry
        )
        self.published = Counter("clew_bus_published", "Feed messages sent", registry=registry)
        self.lost = Counter("clew_bus_lost", "Feed messages lost before they were sent", registry=registry)
        self.delivered = Counter("clew_bus_delivered", "Feed messages handed to followers", registry=registry)
        self.slow_drops = Counter(
            "clew_bus_slow_drops", "Feed messages dropped because their follower was too slow", registry=registry
        )
        self.broken = Counter(
            "clew_bus_broken", "Times a follower was told that it may have missed something", registry=registry
        )
        self.reconnects = Counter("clew_bus_reconnects", "Times the bus was lost and found", registry=registry)
        self.connected = Gauge("clew_bus_connected", "1 while the bus can be reached, else 0", registry=registry)
