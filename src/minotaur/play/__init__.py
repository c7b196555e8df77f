"""Where the game and the runtime meet: matches, codec, views, bots, service."""
