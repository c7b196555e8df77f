## What keeps somebody from a game, and what its tab is called.

door-nothing-title = אין כאן כלום · Minotaur
door-dead-end = מבוי סתום
door-no-game = אין משחק עם הקוד הזה
door-nothing = אין שום דבר בכתובת הזאת. אבל משהו בחושך ראה אתכם.
door-again = לנסות שוב
door-board-title = מי בראש · Minotaur
door-results-title = תוצאות · Minotaur
door-no-game-called = אין משחק בשם { $code }. בדקו שוב את הקוד, או הקלידו אחר.
door-canceled = המשחק הזה בוטל
door-canceled-why = הוא לא התחיל אף פעם. ליצור עוד אחד?
door-rests = המשחק הזה נח בינתיים
door-rests-why = משהו במשחק { $code } נשבר, ולכן הוא נעצר ונשמר היטב. מי שמפעיל את השרת רואה את זה. בינתיים שחקו משחק אחר.
door-not-here = לא מכאן
door-not-here-why = הדף הזה לא רשאי לפתוח את משחק { $code }. פתחו אותו שוב מהקישור שקיבלתם.
door-who = מי אתם?
door-who-why = בדפדפן הזה כבר לא ידוע לנו מי אתם. אמרו לנו שם כדי להמשיך.
door-go-on = להמשיך
door-moment = רק רגע…
door-unreachable = אי אפשר להגיע למשחק
door-unreachable-why = אנחנו ממשיכים לנסות. שום דבר שעשיתם לא אבד.
door-try-now = לנסות עכשיו
door-no-answer = המשחק שם, אבל עוד לא עונה.
door-finding = מחפשים את המשחק
door-nobody-won = אף אחד לא ניצח במשחק הזה
door-draw = זה נגמר בתיקו
door-won = הניצחון במשחק הזה: { $name }
door-watch-it = לצפות בו
door-begun = המשחק הזה התחיל
door-played =
    שיחקו { $names }, במשך { $count ->
        [one] סיבוב אחד
        [two] שני סיבובים
       *[other] { $count } סיבובים
    }.
door-begun-why =
    סיבוב { $round }, { $count ->
        [one] גיבור אחד עוד עומד
        [two] שני גיבורים עוד עומדים
       *[other] { $count } גיבורים עוד עומדים
    }. כל המקומות תפוסים, אבל אפשר לצפות.
title-game = משחק { $code } · { $name }
title-round = סיבוב { $round } · { $name }
title-turn = תורכם · סיבוב { $round } · { $name }
