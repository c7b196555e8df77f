"""Guests and accounts: who they are, how they prove it, and how much each may have.

Internal, but for what docs/public-modules.md names.
"""
