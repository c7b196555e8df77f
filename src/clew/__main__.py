"""``python -m clew``: the ``clew`` command."""

from clew.cli.main import app

app()
