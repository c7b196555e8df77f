"""One session: its turns, what it commits, and what its players are owed."""
