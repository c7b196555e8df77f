"""``python -m minotaur``: the ``minotaur`` command."""

from minotaur.cli.main import app

app()
