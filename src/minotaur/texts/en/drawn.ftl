## The end as a picture for a chat.

drawn-head =
    { $count ->
        [one] Minotaur · { $count } round
       *[other] Minotaur · { $count } rounds
    }
drawn-gave-up = gave up in round { $round }
drawn-chasm = fell into the chasm in round { $round }
drawn-lair = wasted away in round { $round }
drawn-slain = was slain by { $names } in round { $round }
