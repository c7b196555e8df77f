"""Guests: who they are, how they prove it, and how much each may have."""
