"""What those who play agree on while a game is on: that its clock stands, and that a bot plans for who is away.

What was agreed is part of the game's state. Who is here is not: it comes with each command that counts who agrees.
"""
