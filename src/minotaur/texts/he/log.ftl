## What happened, told to one who plays or watches.

log-untouched = אף אחד לא שיחק כאן הרבה סיבובים, ולכן המשחק הופסק.
log-seat-you = אתם תופסים מקום.
log-seat = ליד השולחן: { $name }.
log-leave-you = אתם יוצאים.
log-sent-you = המארח מוציא אתכם.
log-sent = המארח מוציא את { $name }.
log-host-you = עכשיו אתם המארחים.
log-host = האירוח עבר אל { $name }.
log-emptied = מקום { $seat } שוב פנוי.
log-released = מקום { $seat } כבר לא שמור עבור { $name }.
log-settings = המארח משנה את כללי המשחק.
log-started = הלפידים דולקים. המשחק מתחיל.
log-canceled = המשחק בוטל.
log-moved-you = הלכתם לכיוון { $direction }.
log-arrived = ‏{ $name }: הגעה מכיוון { $direction }.
log-left-hex = ‏{ $name }: יציאה לכיוון { $direction }.
log-bumped-you = משהו חוסם לכם את הדרך לכיוון { $direction }.
log-bumped = ‏{ $name }: אין דרך לכיוון { $direction }.
log-noise = אתם שומעים קרב מכיוון { $direction }.
log-gives-up-you = ויתרתם.
log-gives-up = ‏{ $name }: ויתור.
log-tremor = הטבעת החיצונית רועדת.
log-collapsed = הטבעת החיצונית נופלת לתהום.
log-drained = המאורה שואבת מכל הגיבורים: ‎−{ $damage }.
log-paused = כולם הסכימו להפסקה. השעון עומד.
log-went-on = השעון ממשיך.
log-autopilot-you = אתם לא כאן: הטייס האוטומטי משחק במקומכם עד שתתכננו שוב.
log-autopilot = הטייס האוטומטי משחק במקום { $name } עד לחזרה.
log-draw = אף אחד לא נשאר על הרגליים: תיקו.
log-won-you = נשארתם אחרונים על הרגליים. ניצחתם!
log-clock-restart = השרת נעדר: { $time }. הזמן הזה חוזר אליכם.
log-clock-moved = המשחק שלכם עבר לשרת אחר, וזה לקח: { $time }. הזמן הזה חוזר אליכם.
log-clock-store = אי אפשר היה לשמור מהלכים: { $time }. הזמן הזה חוזר אליכם.
log-clock-paused = השרת עמד: { $time }. הזמן הזה חוזר אליכם.
log-clock-agreed = השעון עמד: { $time }.
log-clock-step = שעון השרת כוון מחדש. הזמן שלכם לסיבוב הזה לא משתנה.
log-clock-stopped = השעון נעצר: { $time }. הזמן הזה חוזר אליכם.
log-hit-you = פגעתם: { $target }, ‎−{ $damage }.
log-miss-you = ניסיתם לפגוע { $target } והחטאתם.
log-miss = ‏{ $name }: ניסיון לפגוע { $target }, והחטאה.
log-hit = ‏{ $name }: התקפה על { $target }, ‎−{ $damage }.
log-leave = ‏{ $name }: יציאה.
log-bot = מקום { $seat }: { $bot }.
log-slay =
    { $who ->
        [you] הרגתם את המינוטאור!
        [both] המינוטאור מת! הניצחון של { $names }.
       *[others] { $count ->
            [one] המינוטאור מת! הניצחון של { $names }.
            [two] המינוטאור מת! הניצחון של { $names } יחד.
           *[other] המינוטאור מת! הניצחון של { $names } יחד.
        }
    }
log-wins = הניצחון של { $name }.
log-agreed-pause-you = ביקשתם הפסקה.
log-agreed-pause = בקשה להפסקה: { $name }.
log-agreed-go-on-you = ביקשתם להמשיך.
log-agreed-go-on = בקשה להמשיך: { $name }.
log-agreed-autopilot-you = ביקשתם שהטייס האוטומטי ישחק במקום { $about }.
log-agreed-autopilot = בקשה שהטייס האוטומטי ישחק במקום { $about }: { $name }.
log-chasm-you = נפלתם לתהום.
log-chasm = ‏{ $name }: נפילה לתהום.
log-drained-out-you = המאורה שאבה את חייכם.
log-drained-out = המאורה שאבה את חייו של { $name }.
log-falls-you = הובסתם.
log-falls = ‏{ $name }: תבוסה.
log-falls-to-you = הובסתם מול: { $names }.
log-falls-to = ‏{ $name }: תבוסה מול: { $names }.
log-a-second = שנייה
log-set-back = מפעיל השרת החזיר את המשחק לסיבוב { $round }.
log-set-back-lobby = מפעיל השרת החזיר את המשחק ללובי.
