"""A game's command line."""
