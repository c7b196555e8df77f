## The page of any game: its front.

any-code = קוד או קישור של שולחן
any-go-there = לשם
any-code-wrong = הקלידו את הקוד שקיבלתם.
any-what = במה נשחק?
any-for = ל־{ $count }
any-for-to = ל־{ $least } עד { $most }
any-games = משחקים
any-looking = בודקים מה משחקים כאן…
any-nobody-answers = אין תשובה
any-no-games = עוד אין כאן משחקים
any-no-games-why = מי שמפעיל את השרת עוד לא נתן לו משחק.
any-play = לשחק
any-play-which = לשחק { $game }
any-you-are = שמכם { $name }.
any-step-make = פתחו שולחן, ושלחו לחברים את הקישור.
any-step-plan = כולם מתכננים בסתר. כשכולם מוכנים, או כשהזמן נגמר, הכול קורה בבת אחת.
any-step-come = צאו וחזרו מתי שתרצו: השולחן מחכה, ושום דבר לא הולך לאיבוד.
any-make = לפתוח שולחן
any-making = פותחים שולחן…
any-called-off = בוטל
any-wants-another = הזמנה לעוד משחק מאת { $host }
any-seats-taken = { $taken } מתוך { $seats } מקומות תפוסים
any-nobody-yet = עוד אין אף אחד
any-with = עם { $names }
any-your-tables = השולחנות שלכם
any-over = משחקים שנגמרו
any-seats = מקומות
any-bots-most = בוטים לכל היותר
any-round-time = זמן לסיבוב
any-round-sooner = סיבוב נגמר גם כשכולם מוכנים.
any-away = כשמישהו לא כאן
any-away-after = { $count ->
    [0] שום בוט לא מתכנן מוקדם מהרגיל
    [one] בוט מתכנן אחרי סיבוב אחד
    [two] בוט מתכנן אחרי שני סיבובים
   *[other] בוט מתכנן אחרי { $count } סיבובים
}
any-options = אפשרויות
any-rounds-of = { $seats } · סיבובים של { $span }
any-rounds-of-bots = { $seats } · סיבובים של { $span } · עם בוטים, אם תרצו
any-wanted =
    { $count ->
        [one] מקום אחד
        [two] שני מקומות
       *[other] { $count } מקומות
    } · לשנות
any-wanted-bots =
    { $count ->
        [one] מקום אחד
        [two] שני מקומות
       *[other] { $count } מקומות
    }, בוטים משלימים · לשנות
any-yes = כן
any-no = לא
any-none = אין
any-not = לא { $what }
