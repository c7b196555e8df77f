"""What operators do with stored sessions: look at one, and try a release on all of them.

Internal, but for what docs/public-modules.md names.
"""
