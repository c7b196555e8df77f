"""What a server and its operators stand on: settings, clock, stores, connections, files."""
