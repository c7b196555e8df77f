## People’s results.

people-unseen = רק רגע, מחפשים…
people-again = לנסות שוב
people-board = מי בראש
people-board-of = מי בראש: { $month }
people-yours = התוצאות שלכם
people-theirs = התוצאות של { $name }
people-gone = מי שכבר לא כאן
people-unrated = עוד אין דירוג. הוא מגיע עם המשחק הראשון נגד אדם אחר.
people-rating-hint = כולם מתחילים ב־1000. הדירוג משתנה כשאנשים משחקים זה נגד זה, ולא נגד בוטים.
people-places-title = מקומות
people-place = מקום { $place }
people-place-of = מקום { $place } מתוך { $seats }
people-fates-title = איך זה נגמר
people-latest-title = משחקים אחרונים
people-nothing = עוד לא נגמר אף משחק. הראשון יופיע כאן.
people-board-empty = עוד אין אף אחד. כאן מופיע מי שיש לו חשבון ומשחק { $least } משחקים עם אנשים אחרים בחודש.
people-board-hint = לפי הדירוג אחרי המשחק האחרון בחודש; החל מ־{ $least } משחקים עם אנשים אחרים, למי שיש לו חשבון.
people-below = אתם
people-you = אתם
people-rating = דירוג
people-played =
    { $count ->
        [one] משחק אחד
        [two] שני משחקים
       *[other] { $count } משחקים
    }
people-won =
    { $count ->
        [one] ניצחון אחד
        [two] שני ניצחונות
       *[other] { $count } ניצחונות
    }
people-drawn = ‏{ $count } תיקו
people-times = × { $count }
people-together =
    { $played ->
        [one] נפגשתם במשחק אחד
        [two] נפגשתם בשני משחקים
       *[other] נפגשתם ב־{ $played } משחקים
    }. סיימתם גבוה יותר: { $before }, הצד השני: { $behind }.
