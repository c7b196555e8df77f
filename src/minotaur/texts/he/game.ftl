## The screen of a game.

game-wait-hint = להמתין צעד אחד: חינם (X)
game-wait = להמתין
game-attack-group = לתקוף
game-attack-why = לתקוף { $target }. { $why }
game-attack-where = לתקוף { $target }, { $where }
game-line-closed = החיבור למשחק נסגר.
game-line-again = להתחבר שוב
game-line-away = מתחברים שוב… אפשר להמשיך לתכנן.
game-line-back = חזרנו: שום דבר לא אבד
game-line-back-again = חזרנו
game-code = הקוד של המשחק הזה
game-log-title = מה קרה
game-log-show = להציג
game-log-all = הכול
game-log-mine = עליי
game-log-lines = מה קרה, שורה אחר שורה
game-log-gap = חלק ממה שקרה קודם כבר לא שמור כאן.
game-log-earlier = להציג קודמים
game-log-nothing = עדיין כלום.
game-log-fresh = { $count } חדשים ↓
game-key-move = ללכת לאחד מששת המשושים שסביבכם
game-key-space = רווח
game-key-attack = לתקוף את הקרוב ביותר בטווח ראייה
game-key-wait = להמתין צעד אחד
game-key-backspace = Backspace
game-key-undo = לבטל את הצעד האחרון
game-key-enter = Enter
game-give-up = לוותר
game-help-done = הבנתי
game-give-up-title = לוותר על המשחק הזה?
game-give-up-why = הגיבור שלכם מת מיד. האחרים ממשיכים לשחק, ואתם יכולים לצפות.
game-give-up-not = להמשיך לשחק
game-move-group = ללכת
game-move = ללכת לכיוון { $direction }
game-move-key = ללכת לכיוון { $direction } ({ $key })
game-health = חיים: { $health }
game-points = נקודות פעולה: נותרו { $left } מתוך { $all }
game-attack = לתקוף { $target }
game-plan = התוכנית שלכם
game-skip = לדלג
game-ready-still = עדיין אפשר לשנות את התוכנית
game-ready-hint = סיימתי את הסיבוב הזה (Enter)
game-ready-done = מוכנים ✓
game-ready = מוכנים
game-no-steps = לא תוכננו צעדים.
game-steps = { $steps }. עלות: { $cost }.
game-unconfirmed = עוד לא אושר.
game-players = שחקנים
game-health-title = חיים
game-this-round = הסיבוב הזה
game-round = סיבוב { $round }
game-autopilot = טייס אוטומטי: תכננו כדי לחזור
game-you-are-ready = אתם מוכנים
game-told = כך היה הסיבוב
game-tap-to-skip = הקישו כדי לדלג
game-tap-to-go-on = הקישו לתמונה הבאה
game-figure-you = אתם
game-figure = { $name }, חיים { $health }
game-heading = Minotaur, משחק { $code }, סיבוב { $round }
game-board-around = המבוך שסביבכם
game-board = המבוך
game-zoom = זום
game-closer = להתקרב
game-farther = להתרחק
game-lost = זה לא הגיע למשחק.
game-minotaur = המינוטאור
game-minotaur-object = את המינוטאור
game-minotaur-by = המינוטאור
game-minotaur-first = המינוטאור
game-minotaur-short = מינוטאור
game-you = אתם
game-you-object = אתכם
game-you-by = אתם
game-name-object = את { $name }
game-somebody = מישהו
game-nobody = אף אחד
game-nearest = הקרוב ביותר: רווח
game-here = כאן
game-far = { $far } { $direction }
game-left = נותרו { $time }
game-left-stands = נותרו { $time }, השעון עומד
game-key-ready = מוכנים
game-key-help = ספר החוקים
game-slot = צעד { $number }: { $step }. להסיר.
game-slot-blocked = צעד { $number }: { $step }, והוא חסום. להסיר.
game-slot-hint = { $step }: הקישו כדי להסיר
game-slot-hint-blocked = { $step } (חסום): הקישו כדי להסיר
game-fallen = מחוץ למשחק
game-won = ניצחון
game-state-autopilot = טייס אוטומטי
game-state-bot = בוט

## How each hero looks.

badge-circle = עיגול כחול
badge-triangle = משולש צהוב
badge-square = ריבוע ורוד
badge-diamond = מעוין ירוק
badge-star = כוכב סגול
badge-cross = צלב כתום
badge-pentagon = מחומש לבן
badge-drop = טיפה אפורה

## What is dangerous, in numbers.

danger-stay-now = האבן שלכם תיפול בסוף הסיבוב הזה: עזבו אותה.
danger-end-now = התוכנית שלכם נגמרת על אבן שתיפול בסוף הסיבוב הזה.
danger-stay-soon = האבן שלכם סדוקה: היא תיפול בסוף הסיבוב הבא.
danger-end-soon = התוכנית שלכם נגמרת על אבן סדוקה: היא תיפול בסוף הסיבוב הבא.
ring-left =
    { $count ->
        [1] הטבעת החיצונית תיפול בסוף הסיבוב הזה.
        [2] הטבעת החיצונית תיפול בסוף הסיבוב הבא.
        [one] הטבעת החיצונית תיפול בעוד סיבוב אחד.
        [two] הטבעת החיצונית תיפול בעוד שני סיבובים.
       *[other] הטבעת החיצונית תיפול בעוד { $count } סיבובים.
    }
explain-round = הטבעת הבוערת היא הזמן שנותר. כשהוא נגמר, או כשכולם מוכנים, כל התוכניות קורות יחד.
explain-lair = המאורה היא אמצע הלוח: המשושה היחיד שלא נופל לעולם.
explain-health = חיים: { $most } לכל היותר. מכה של גיבור לוקחת { $hero }, של המינוטאור { $minotaur }.
explain-health-heroes = חיים: { $most } לכל היותר. מכה של גיבור לוקחת { $hero }.
explain-points = הלהבות הן נקודות פעולה: צעד או מכה עולים אחת. עוד { $gain } בכל סיבוב, { $cap } לכל היותר.
explain-blow = מכה לוקחת { $yours } מתוך { $health } חיים. המכה שלהם לוקחת { $theirs } מכם.
board-miss = החטאה
