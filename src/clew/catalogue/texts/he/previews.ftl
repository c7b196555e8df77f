## What a chat shows beside a link to a game.

preview-full = הזמנה לצפות מאת { $host }: כל { $seats } המקומות תפוסים.
preview-free = הזמנה מאת { $host }: { $free } מתוך { $seats } מקומות פנויים.
preview-active =
    { $count ->
        [one] סיבוב { $round }, במשחק: { $names }.
        [two] סיבוב { $round }, במשחק: { $names }.
       *[other] סיבוב { $round }, במשחק: { $names }.
    }
preview-nobody-won = אף אחד לא ניצח: { $names }, אחרי { $rounds } סיבובים.
preview-won =
    { $count ->
        [one] ניצחון בסיבוב { $round }: { $names }.
        [two] ניצחון בסיבוב { $round }: { $names }.
       *[other] ניצחון בסיבוב { $round }: { $names }.
    }
preview-won-against =
    { $count ->
        [one] ניצחון בסיבוב { $round }: { $names }, מול { $others }.
        [two] ניצחון בסיבוב { $round }: { $names }, מול { $others }.
       *[other] ניצחון בסיבוב { $round }: { $names }, מול { $others }.
    }
preview-canceled = המשחק הזה בוטל.
preview-others = { $count } אחרים
