## The front page.

front-radius = גודל הלוח
front-radius-usual = לפי מספר הגיבורים
front-health = חיים של גיבור
front-sight = כמה צעדים רואים
front-collapse-first = הטבעת הראשונה נופלת בסיבוב
front-away-after = סיבובים בהיעדרות עד שבוט מחליף
front-seed = מספר המבוך
front-seed-usual = מספר חדש
front-more-rules = עוד כללים
front-with-minotaur = המינוטאור בפנים
front-with-collapse = הרצפה נופלת, טבעת אחר טבעת
front-strict = מחמיר: מי שהודח ומי שצופה לא רואים לוח
front-code-wrong = הקלידו את הקוד שקיבלתם. הוא מופיע בסוף הקישור.
front-code = קוד המשחק
front-join = להצטרף
front-looking-up = מחפשים את המשחקים שלכם
front-your-games = המשחקים שלכם
front-over = משחקים שנגמרו
front-older = להציג ישנים יותר
front-line = לפיד במבוך. מתכננים בסתר, פועלים יחד, והגיבור האחרון שעומד מנצח.
front-join-title = להצטרף לחברים
front-join-how = פתחו את הקישור שלהם, או הקלידו את הקוד שבסופו.
front-make-title = לשחק עם חברים
front-make-how = צרו משחק, שלחו את הקישור, והתחילו כשכולם כאן.
front-how-title = איך משחקים
front-name-first-friends = קודם אמרו לנו שם: החברים יראו אותו.
front-making = יוצרים…
front-make = ליצור משחק
front-you-play-as = אתם משחקים בשם
front-your-name = השם שלכם
front-name-hint = איך החברים קוראים לכם?
front-name-first = קודם אמרו לנו שם, כל שם שתרצו.
front-lighting = מדליקים את הלפיד…
front-play = לשחק
front-against = נגד
front-gentle = בוטים עדינים
front-fierce = פראיים
front-cunning = ערמומיים
front-play-what = אתם מול שלושה בוטים. משחק נמשך כעשר דקות.
front-play-first = המשחק הראשון מודרך, מול שני בוטים נוחים. הוא נמשך כעשר דקות.
front-play-unguided = כבר מכירים: שלושה ציידים, בבקשה
front-bots-fill = הם תופסים מקומות שעדיין פנויים כשמתחילים.
front-bots-all = לא צריך חברים: בוטים תופסים את כל שאר המקומות.
front-heroes = גיבורים
front-bots-up-to = בוטים משלימים עד
front-bots-among = מתוכם בוטים
front-bots-are = הבוטים הם
front-rules = כללים
front-labyrinth = מבוך
front-labyrinth-hint = ערפל, סלעים, המינוטאור ורצפה נופלת.
front-classic = קלאסי
front-classic-hint = שדה פתוח, כולם גלויים, פעולה אחת בסיבוב.
front-round-time = זמן לסיבוב
front-round-sooner = סיבוב נגמר מוקדם יותר כשכולם מוכנים.
front-called-off = בוטל
front-set-aside = הוצא לתיקון
front-nobody-yet = עוד אין כאן אף אחד אחר
front-nobody-was = לא היה כאן אף אחד אחר
front-with = עם { $names }
front-wants-another = הזמנה לעוד משחק מאת { $host }
front-all-here = כולם כאן
front-can-begin = אפשר להתחיל
front-fallen = { $round } · אתם מחוץ למשחק
front-stands-in = { $round } · בוט משחק במקומכם
front-untouched = הופסק, כי אף אחד לא שיחק
front-unreachable = אי אפשר להגיע ל־Minotaur כרגע. בדקו את החיבור ונסו שוב.
front-garbled = משהו השתבש ביניכם לבין Minotaur. נסו שוב.
front-watch = לצפות
front-watch-which = שוב במשחק { $company }
front-friends =
    { $count ->
        [one] חבר אחד
        [two] שני חברים
       *[other] { $count } חברים
    }
front-bots =
    { $count ->
        [one] בוט אחד
        [two] שני בוטים
       *[other] { $count } בוטים
    }
front-you = אתם
front-together = { $names }.
front-seats-free =
    { $count ->
        [one] מקום אחד פנוי
        [two] שני מקומות פנויים
       *[other] { $count } מקומות פנויים
    }
front-round-left = { $round } · { $left }
