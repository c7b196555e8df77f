"""What clients of any game are sent and may send: messages, bodies, errors and moments."""
