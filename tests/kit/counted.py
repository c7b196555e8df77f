"""Every metric a server may have, made for real in one registry, and asked of it."""

from typing import Any, Final, cast

from prometheus_client import CollectorRegistry, ProcessCollector

from clew.buses.metrics import BusMetrics
from clew.people.pushes.delivery import NudgeMetrics
from clew.sessions.metrics import Metrics
from clew.stores.metrics import WalMetrics
from clew.web.metrics import WebMetrics
from clew.wiring.counting import StoreSums
from clew.wiring.door import Door

OF_SAMPLES: Final = {
    "counter": ("_total",),
    "gauge": ("",),
    "histogram": ("_bucket", "_sum", "_count"),
}
"""What the names of a metric's samples end with, by its type."""


def registry_of_all() -> CollectorRegistry:
    """A registry with the metrics of every part of a server, and of its process."""
    registry = CollectorRegistry()
    for metrics in (Metrics, BusMetrics, WebMetrics, StoreSums, WalMetrics, NudgeMetrics):
        metrics(registry)
    Door(1, registry, lambda: 0.0)
    ProcessCollector(namespace="clew", registry=registry)
    return registry


def counted_samples() -> dict[str, frozenset[str]]:
    """The name of everything that ``/metrics`` may tell, with its labels."""
    registry = registry_of_all()
    labels = {
        name: frozenset[str](metric._labelnames)
        for metric, names in cast("Any", registry)._collector_to_names.items()
        if hasattr(metric, "_labelnames")
        for name in names
    }
    return {
        family.name + ending: labels.get(family.name, frozenset()) | ({"le"} if ending == "_bucket" else set())
        for family in registry.collect()
        for ending in OF_SAMPLES[family.type]
    }
