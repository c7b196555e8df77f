## The page of any game: a table before the game, in it, and after it.

table-change = לשנות את השולחן
table-change-act = לשנות
table-change-not = להשאיר כך
table-calls = הזמנה לשולחן מאת { $host }
table-yours = השולחן שלכם
table-you-are-in = אתם בפנים
table-away = לא כאן
table-bot = בוט
table-host = מארח
table-kept-for = שמור עבור { $name }
table-free-or-bot = פנוי, או לבוט
table-free = פנוי
table-change-seat = לשנות
table-change-which = מקום { $seat }
table-take-seat = לתפוס מקום
table-sitting-down = מתיישבים…
table-not-now = לא עכשיו
table-start = להתחיל את המשחק
table-bots-take = בוטים תופסים את המקומות הפנויים כשמתחילים.
table-all-here = כולם כאן.
table-this = השולחן הזה
table-seed = השולחן הזה נבחר לפי מספר אקראי ידוע. מי שמכיר אותו יכול לדעת מה יבוא.
table-let-watch = תנו לאחרים לצפות
table-call-friends = קראו לחברים
table-link = קישור לשולחן הזה
table-copied = הועתק
table-copy = להעתיק קישור
table-link-copied = הקישור הועתק. שלחו אותו לחברים.
table-by-hand = הדפדפן הזה לא מאפשר להעתיק. הקישור מסומן: העתיקו אותו ידנית.
table-tell-code = או אמרו להם את הקוד { $code }.
table-tell-code-here = או אמרו להם את הקוד { $code }. הקישור נפתח רק במחשב הזה.
table-seat-count =
    { $count ->
        [one] מקום אחד
        [two] שני מקומות
       *[other] { $count } מקומות
    }
table-full = כל המקומות תפוסים. אפשר לצפות אחרי שזה מתחיל.
table-full-kept = המקומות הפנויים שמורים למי ששיחק קודם. אפשר לצפות אחרי שזה מתחיל.
table-missing =
    { $count ->
        [one] שחקן אחד עוד צריך להגיע
        [two] שני שחקנים עוד צריכים להגיע
       *[other] { $count } שחקנים עוד צריכים להגיע
    } לפני שאפשר להתחיל.
table-missing-bots =
    { $count ->
        [one] שחקן אחד עוד צריך להגיע
        [two] שני שחקנים עוד צריכים להגיע
       *[other] { $count } שחקנים עוד צריכים להגיע
    } לפני שאפשר להתחיל, או שבוטים יתיישבו.
table-then-host =
    { $count ->
        [one] שחקן אחד עוד צריך להגיע
        [two] שני שחקנים עוד צריכים להגיע
       *[other] { $count } שחקנים עוד צריכים להגיע
    }, ואז מתחילים לפי האות של { $host }.
table-now-host = עכשיו מתחילים לפי האות של { $host }.
table-a-bot = בוט
any-home = לדף הבית
any-you-are-called = שמכם
any-nothing-here = אין כאן כלום
any-nothing-why = אין שום דבר בכתובת הזאת. אולי קוד של שולחן יביא אתכם לשם:
any-name-first = אמרו לאחרים איך לקרוא לכם.
any-your-name = השם שלכם
any-again = לנסות שוב
any-board = מי בראש
any-results = תוצאות
table-beginning = ההתחלה
table-after-round = אחרי סיבוב { $round }
table-replay-title = { $code } שוב · { $game }
table-not-over = זה עוד לא נגמר
table-nothing-to-watch = אין במה לצפות
table-to-table = לשולחן
table-fetching = מביאים את המשחק…
table-back = אחורה
table-slider = רגע במשחק
table-on = קדימה
table-the-game = המשחק
table-log-title = מה קרה
table-nothing = כלום.
table-left = נותרו { $time }
table-left-stands = נותרו { $time }, השעון עומד
table-line-closed = החיבור למשחק נסגר.
table-line-again = להתחבר שוב
table-line-away = מתחברים שוב… אפשר להמשיך לתכנן.
table-line-back = חזרנו: שום דבר לא אבד
table-line-back-again = חזרנו
table-log-gap = מה שקרה קודם רחוק מכדי לספר עליו שוב.
table-log-yours = (רק אתם רואים את זה)
table-log-nothing = עדיין כלום.
table-log-fresh =
    { $count ->
        [one] שורה חדשה אחת ↓
        [two] שתי שורות חדשות ↓
       *[other] { $count } שורות חדשות ↓
    }
table-you-badge = (אתם)
table-your-plan = התוכנית שלכם
table-what-you-do = מה אתם עושים
table-on-its-way = בדרך…
table-you-are-ready = אתם מוכנים.
table-round-ends = הסיבוב נגמר כשכולם מוכנים, או כשזמנו נגמר.
table-plan-counts = היא תקפה, אלא אם תשלחו אחרת.
table-plan-secret = אף אחד לא רואה את התוכנית שלכם לפני שהסיבוב נגמר.
table-send-plan = לשלוח תוכנית
table-send-new-plan = לשלוח תוכנית חדשה
table-ready-done = מוכנים ✓
table-send-ready = לשלוח ומוכנים
table-ready = מוכנים
table-plan-in = התוכנית שלכם התקבלה.
table-plan-in-which = התוכנית שלכם התקבלה: { $plan }.
table-round = סיבוב { $round }
table-over = המשחק נגמר.
table-your-turn = תורכם לתכנן.
table-to-your-plan = לתוכנית שלכם
table-sight = מה אתם רואים
table-plan = תוכנית
table-autopilot = לא הייתם כאן, ולכן הטייס האוטומטי משחק. שלחו תוכנית וחזרתם.
table-turn-later = { $turn } תתכננו כשיגיע תורכם.
table-watching = אתם צופים.
table-watching-waiting = אתם צופים. { $waiting }.
table-you-watch = אתם צופים.
table-you-out = אתם בחוץ.
table-you-gave-up = ויתרתם.
table-you-won = ניצחתם.
table-you-stayed = נשארתם עד הסוף.
table-sentence = { $words }.
table-players = שחקנים
table-away-autopilot = לא כאן, טייס אוטומטי
table-on-turn = בתור
table-give-up = לוותר
table-give-up-title = לוותר על המשחק הזה?
table-give-up-why = האחרים ממשיכים בלעדיכם. אפשר להמשיך לצפות, אבל אי אפשר לחזור.
table-play-on = להמשיך לשחק
table-seed-chosen = המארח בחר את המספר האקראי, ויכול היה לדעת מה יבוא.
table-join = להצטרף
table-rematch = משחק חוזר
table-watch-again = לצפות שוב
table-no-table = אין שולחן עם הקוד הזה
table-no-table-called = אין שולחן בשם { $code }. בדקו שוב את הקוד, או הקלידו אחר.
table-who = מי אתם?
table-who-why = בדפדפן הזה כבר לא ידוע לנו מי אתם. אמרו לנו שם כדי להמשיך.
table-go-on = להמשיך
table-moment = רק רגע…
table-not-here = לא מכאן
table-not-here-why = הדף הזה לא רשאי לפתוח את שולחן { $code }. פתחו אותו שוב מהקישור שקיבלתם.
table-rests = המשחק הזה נח בינתיים
table-rests-why = משהו במשחק { $code } נשבר, ולכן הוא נעצר ונשמר היטב. מי שמפעיל את השרת רואה את זה.
table-canceled = השולחן הזה בוטל
table-canceled-why = זה לא התחיל אף פעם.
table-finding = מחפשים את השולחן…
table-unreachable = אי אפשר להגיע לשולחן
table-unreachable-why = אנחנו ממשיכים לנסות. שום דבר שעשיתם לא אבד.
table-try-now = לנסות עכשיו
table-over-watch = המשחק הזה נגמר. אפשר לצפות בו מההתחלה.
table-watch-it = לצפות בו
table-begun = המשחק הזה התחיל
table-begun-why = עכשיו סיבוב { $round }, וכל המקומות תפוסים. אפשר לצפות.
table-watch = לצפות
table-finding-place = מחפשים מקום…
table-no-answer = המשחק שם, אבל עוד לא עונה. אנחנו ממשיכים לנסות.
table-title-round = סיבוב { $round } · { $game }
table-title-turn = תורכם · סיבוב { $round } · { $game }
table-lost = זה לא הגיע למשחק.
table-gave-up = ויתור
table-stayed = עד הסוף
table-out = בחוץ
table-won = ניצחון
table-nobody-wins = אף אחד לא מנצח
table-you-win = ניצחתם
table-win =
    { $count ->
        [one] הניצחון של { $names }
        [two] הניצחון של { $names }
       *[other] הניצחון של { $names }
    }
table-win-with-you = הניצחון שלכם ושל { $names }
table-win-with-you-many = הניצחון שלכם, { $names }
table-untouched = אף אחד לא שיחק זמן רב, ולכן המשחק הופסק.
table-being-told = כך היה הסיבוב.
table-turn-of =
    { $count ->
        [one] התור של { $names }.
        [two] התור של { $names }.
       *[other] התור של { $names }.
    }
table-tree-nothing = כלום
table-tree-player = שחקן
table-tree-place = מקום
table-tree-rows = { $count } שורות
table-tree-empty = עוד אין מה לראות.
table-tree-all = מה שיש
table-you-first = אתם
table-you = אתם

## The page of any game: what happened. Names stand where the language has them.

any-set-back = מפעיל השרת החזיר את המשחק לסיבוב { $round }.
any-set-back-lobby = מפעיל השרת החזיר את המשחק ללובי.
any-log-seat-bot = ליד השולחן: { $seat }, בוט
any-log-seat = ליד השולחן: { $seat }
any-log-left = { $name } כבר לא כאן
any-log-sent-away = המארח הוציא את { $name }
any-log-host = עכשיו בתור מארח: { $seat }
any-log-emptied = מקום { $seat } שוב פנוי
any-log-bot = בוט תפס את מקום { $seat }
any-log-released = מקום { $seat } כבר לא שמור עבור { $name }
any-log-settings = המארח שינה את ההגדרות
any-log-begins = המשחק מתחיל
any-log-ready = אתם מוכנים
any-log-gave-up = ויתור: { $seat }
any-log-paused = כולם הסכימו להפסקה: השעון עומד
any-log-went-on = השעון ממשיך
any-log-autopilot = הטייס האוטומטי לקח פיקוד: { $seat }
any-log-over = המשחק נגמר
any-log-asks-pause = בקשה להפסקה: { $seat }
any-log-asks-go-on = בקשה להמשיך: { $seat }
any-log-asks-autopilot = בקשה שהטייס האוטומטי ישחק במקום { $about }: { $seat }
any-clock-step = שעון השרת כוון; הסיבוב נמשך כמתוכנן
any-clock-agreed = השעון עמד { $time }
any-clock-moved = המשחק עבר לשרת אחר; הסיבוב ארוך יותר ב־{ $time }
any-clock-away = השרת נעדר { $time }; הסיבוב ארוך יותר בהתאם
any-clock-longer = הסיבוב ארוך יותר ב־{ $time }
any-plans = תוכנית: { $seat }
any-plans-what = תוכנית, { $seat }: { $plan }
any-won-untouched = : אף אחד לא שיחק זמן רב
any-won-nobody = : אף אחד לא מנצח
any-won =
    { $count ->
        [one] . ניצחון: { $names }
        [two] . ניצחון: { $names }
       *[other] . ניצחון: { $names }
    }
any-your-plan-in = התקבלה
