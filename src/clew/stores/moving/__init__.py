"""Whole stores as files: exports and imports."""
