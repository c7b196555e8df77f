"""A program's side of a game: bots, tools and tests sign in, make and join games, and play over a socket that resumes.

It speaks the public protocol and imports nothing of the server::

    from clew.client.connection import connect
    from clew.client.guest import Guest

    async with await Guest.sign_in("http://127.0.0.1:8765", "Ada") as ada:
        made = await ada.create_game(seats=2, bots=1)
        await ada.start(made["join_code"])
        async with connect(ada, made["join_code"], subprotocol="bids.v1") as game:
            async for news in game:
                if news.view["game_status"] != "active":
                    break
                await game.send({"type": "ready", "round": news.view["round"]})
"""
