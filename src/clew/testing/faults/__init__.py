"""What stands between a node and its world in a test, so that the world can fail it. Each keeps the port it is for."""
