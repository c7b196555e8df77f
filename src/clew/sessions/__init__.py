"""The durable session runtime; knows no game."""
