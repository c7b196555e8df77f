## A game that is over, told again.

replay-eyes = דרך העיניים של מי
replay-everything = רואים הכול
replay-as = מנקודת המבט של { $name }
replay-whole = כל המבוך
replay-board-as = המבוך מנקודת המבט של { $name }
replay-board = { $what }, סיבוב { $round }, { $moment }
replay-late = ‏{ $name } כבר מחוץ למשחק; המבוך נראה כמו בסיבוב { $round }.
replay-nothing = ‏{ $name } כבר מחוץ למשחק; המבוך לא נראה.
replay-no-plan = אין תוכנית
replay-plan = תוכנית: { $steps }
replay-title = צפייה חוזרת · Minotaur
replay-finding = מחפשים את המשחק לצפייה חוזרת
replay-not-over = זה עוד לא נגמר
replay-not-over-why = הצפייה החוזרת מראה כל תוכנית ואת כל הלוח, ולכן היא נפתחת רק כשהמשחק נגמר.
replay-go-to-game = למשחק
replay-never-began = הוא לא התחיל אף פעם, ולכן אין במה לצפות.
replay-unshown = אי אפשר להציג את המשחק
replay-moment = סיבוב { $round }, { $moment }
replay-slider = רגע במשחק
replay-round-before = הסיבוב הקודם
replay-step-back = צעד אחד אחורה
replay-pause = להשהות
replay-play = להפעיל
replay-step-on = צעד אחד קדימה
replay-next-round = הסיבוב הבא
replay-speed = מהירות: פי { $speed }
replay-result = תוצאה
replay-heroes = גיבורים והתוכניות שלהם בסיבוב הזה
replay-won = ניצחון
replay-away = לא כאן
replay-out-of-sight = מחוץ לטווח ראייה
replay-health = חיים
replay-fallen = מחוץ למשחק
replay-the-plans = התוכניות
replay-the-end = סוף הסיבוב
replay-step = צעד { $step }
replay-figure-fallen = { $name }, מחוץ למשחק
told-goes = ‏{ $name }: הליכה לכיוון { $direction }.
told-moves = ‏{ $name }: הליכה.
told-strikes = ‏{ $name }: פגיעה, { $target }, ‎−{ $damage }.
told-misses = ‏{ $name }: ניסיון לפגוע, { $target }, והחטאה.
told-wall = ‏{ $name }: התנגשות בקיר.
told-gives-up = ‏{ $name }: ויתור.
told-slay =
    { $count ->
        [one] המינוטאור מת. הניצחון של { $names }.
        [two] המינוטאור מת. הניצחון של { $names } יחד.
       *[other] המינוטאור מת. הניצחון של { $names } יחד.
    }
told-tremor = האדמה רועדת: טבעת נסדקת.
told-collapsed = טבעת נופלת לתהום.
told-drained = המאורה לוקחת מכולם { $damage } חיים.
told-clock-step = שעון השרת כוון מחדש.
told-stood = המשחק עמד { $count } שנ׳.
told-untouched = אף אחד כבר לא משחק: המשחק הופסק.
told-nobody-wins = אף אחד לא מנצח.
told-wins = הניצחון של { $name }.
told-paused = השעון נעצר, בהסכמה.
told-went-on = השעון ממשיך.
told-autopilot = הטייס האוטומטי משחק במקום { $name }, בהסכמה.
told-noise = ‏{ $name }: קול קרב מכיוון { $direction }.
told-chasm = ‏{ $name }: נפילה לתהום.
told-lair = ‏{ $name }: אפיסת כוחות.
told-slain = ‏{ $name }: תבוסה מול: { $names }.
step-move = ללכת לכיוון { $direction }
step-move-somewhere = ללכת
step-attack = לתקוף { $target }
step-wait = להמתין
