"""Whole stores as files: exports and imports.

Internal, but for what docs/public-modules.md names.
"""
