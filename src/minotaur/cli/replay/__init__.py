"""``minotaur replay``: a finished game in a terminal."""
