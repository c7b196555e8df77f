## The end as a picture for a chat.

drawn-head =
    { $count ->
        [one] Minotaur · 1 Runde
       *[other] Minotaur · { $count } Runden
    }
drawn-gave-up = gab in Runde { $round } auf
drawn-chasm = stürzte in Runde { $round } in den Abgrund
drawn-lair = verkümmerte in Runde { $round }
drawn-slain = fiel in Runde { $round } durch { $names }
