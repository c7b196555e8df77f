"""Why a server could not start: one line for the person who tried."""


class CannotStart(Exception):
    """Tell the message to whoever started the server, and end with status 1."""
