"""One node: the sessions in its memory, how they come there and how they leave.

Internal, but for what docs/public-modules.md names.
"""
