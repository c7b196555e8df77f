"""The composition root: settings to a running node; and what operators' commands stand on.

Internal, but for what docs/public-modules.md names.
"""
