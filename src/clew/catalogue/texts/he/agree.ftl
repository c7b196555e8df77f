## What people agree on.

agree-not-away = האדם הזה חזר ומשחק בעצמו.
agree-no-more = המשחק הזה כבר הושהה כמה פעמים שאפשר.
agree-not-playing = רק מי שעדיין משחק יכול לעשות את זה.
agree-over = המשחק נגמר.
agree-title = מה שמסכימים עליו
agree-pause = הפסקה
agree-go-on = להמשיך
agree-agree = מסכימים
agree-autopilot = לתת לטייס האוטומטי לשחק במקום { $name }
agree-paused = הפסקה בהסכמה
agree-goes-on = ממשיכים בעוד { $left }
agree-asked-go-on =
    { $who ->
        [you] ביקשתם להמשיך.
        [both] בקשה להמשיך: { $names } ואתם.
       *[others] בקשה להמשיך: { $names }.
    }
agree-asked-pause =
    { $who ->
        [you] ביקשתם הפסקה.
        [both] בקשה להפסקה: { $names } ואתם.
       *[others] בקשה להפסקה: { $names }.
    }
agree-asked-autopilot =
    { $who ->
        [you] ביקשתם שהטייס האוטומטי ישחק במקום { $about }.
        [both] בקשה שהטייס האוטומטי ישחק במקום { $about }: { $names } ואתם.
       *[others] בקשה שהטייס האוטומטי ישחק במקום { $about }: { $names }.
    }
agree-waiting = מחכים ל: { $names }.
agree-lost = זה לא הגיע למשחק. נסו שוב.

## Whom a round waits for.

company-waiting = מחכים ל: { $names }
company-more =
    { $count ->
        [one] עוד מישהו
        [two] עוד שניים
       *[other] עוד { $count }
    }
company-waits-for-you = הסיבוב מחכה לכם
company-away = לא כאן
company-planned = יש תוכנית
company-planning = מתכננים
company-ready = מוכנים
