"""What the web counts, for ``/metrics``."""

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram


class WebMetrics:
    """The web's own counters in one registry, under bounded labels only: routes and codes, never paths or people."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self.registry = registry
        self.requests = Counter(
            "clew_http_requests", "HTTP requests by route and status", ["route", "status"], registry=registry
        )
        self.request_seconds = Histogram(
            "clew_http_request_seconds",
            "Time to answer an HTTP request",
            buckets=(0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 5),
            registry=registry,
        )
        self.sockets = Gauge("clew_sockets", "WebSockets open now", registry=registry)
        self.sockets_closed = Counter(
            "clew_sockets_closed", "WebSockets the server closed, by close code", ["code"], registry=registry
        )
        messages = Counter("clew_socket_messages", "WebSocket messages", ["direction"], registry=registry)
        self.received = messages.labels("in")
        self.sent = messages.labels("out")
        self.rejected = Counter(
            "clew_sockets_rejected", "WebSockets not let in, by error code", ["code"], registry=registry
        )
        self.frames_refused = Counter(
            "clew_socket_frames_refused", "WebSockets closed for their frames", ["reason"], registry=registry
        )
        self.connections = Gauge("clew_connections", "Connections open now, sockets too", registry=registry)
        self.connections_refused = Counter(
            "clew_connections_turned_away", "Connections refused for their number", ["reason"], registry=registry
        )
        self.connections_cut = Counter(
            "clew_connections_cut", "Connections cut for what their client did", ["reason"], registry=registry
        )
        self.ready = Gauge("clew_ready", "1 while /health/ready says so", registry=registry)
        self.not_ready = Gauge(
            "clew_not_ready", "1 for each reason why /health/ready says no", ["reason"], registry=registry
        )
        self.sent_away = Counter(
            "clew_sockets_sent_away", "WebSockets asked to connect elsewhere or later", ["why"], registry=registry
        )
