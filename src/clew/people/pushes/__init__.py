"""How somebody who is not here is told that it is their turn, by their browser's maker. Internal."""
