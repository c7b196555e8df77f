"""What a node knows of time: deadlines, its lease, and when it could serve nobody.

Internal, but for what docs/public-modules.md names.
"""
