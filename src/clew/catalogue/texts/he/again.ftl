## Next games, and links to a moment.

moment-copied = הועתק: מי שפותח את הקישור רואה את הרגע הזה.
moment-copy = להעתיק קישור לרגע הזה
moment-by-hand = העתיקו ידנית:
again-join = להצטרף
again-not-now = לא עכשיו
again-wants = הזמנה לעוד משחק מאת { $host }.
again-seat = יש לכם מקום במשחק הבא.
again-go = לשם
again-gathers = המשחק הבא מתארגן אצל { $host }.
again-look = להציץ
again-begun-yours = המשחק הבא שלכם התחיל.
again-begun = המשחק הבא התחיל.
again-watch = לצפות
again-over = היה עוד משחק אחרי המשחק הזה.
again-see = לראות
again-somebody = מישהו
