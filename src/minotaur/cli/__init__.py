"""The `minotaur` command: the runtime's, bound to this game."""
