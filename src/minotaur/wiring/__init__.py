"""The composition root: settings to a running node."""
