"""The strategist: it plays its plans through a world that it believes in, and takes the best."""
