"""A table as a gateway serves it: what is asked over HTTP and sockets, what goes out, listings and replays.

Internal, but for what docs/public-modules.md names.
"""
