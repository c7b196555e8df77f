"""The people around a game, whichever it is: who sits where, what they may ask before it begins, and what comes of it.

Whatever people come to ask of each other goes here and nowhere else: to leave, to send somebody away, to pass the host
on, to have a bot in one seat, to change a setting, to agree on a pause, to play again. ``commands`` names what is asked
and ``events`` what happened, ``deciding`` and ``evolving`` say what that means, ``gathering`` keeps what it changes,
``telling`` and ``listing`` say what everyone may know, ``serving`` what a gateway and operators' tools ask. Presence,
chat and signs are no events: what nobody needs after a crash is not kept.
"""
