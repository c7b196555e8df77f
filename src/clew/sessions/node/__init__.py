"""One node: the sessions in its memory, how they come there and how they leave."""
