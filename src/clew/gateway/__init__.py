"""A viewer's way to a game, wherever it runs."""
