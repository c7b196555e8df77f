"""A node among others: who lives, what they say to each other, and who runs what.

Internal, but for what docs/public-modules.md names.
"""
