## The end as a picture for a chat.

drawn-head =
    { $count ->
        [one] Minotaur · סיבוב אחד
        [two] Minotaur · שני סיבובים
       *[other] Minotaur · { $count } סיבובים
    }
drawn-gave-up = ויתור בסיבוב { $round }
drawn-chasm = נפילה לתהום בסיבוב { $round }
drawn-lair = אפיסת כוחות בסיבוב { $round }
drawn-slain = תבוסה בסיבוב { $round } מול: { $names }
