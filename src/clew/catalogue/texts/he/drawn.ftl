## How a game ended, as a picture for a chat.

drawn-won =
    { $count ->
        [one] ניצחון: { $names }
        [two] ניצחון: { $names }
       *[other] ניצחון: { $names }
    }
drawn-nobody-won = אף אחד לא ניצח
drawn-rounds =
    { $count ->
        [one] סיבוב אחד
        [two] שני סיבובים
       *[other] { $count } סיבובים
    }
drawn-status-won = ניצחון
drawn-status-survived = עד הסוף
drawn-status-resigned = ויתור
drawn-status-eliminated = מחוץ למשחק
