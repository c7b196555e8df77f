"""The exam for any game: laws that every game keeps, tried on generated tables with generated plans."""
