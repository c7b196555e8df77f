"""Minotaur for who studies play: the same rules as a PettingZoo environment and as an OpenSpiel game."""
