## The lobby.

gate-change = לשנות את הכללים
gate-changing = משנים…
gate-change-act = לשנות
gate-change-not = להשאיר כך
gate-name-first = קודם אמרו לנו שם: האחרים יראו אותו.
gate-the-host = המארח
gate-reconnecting = מתחברים שוב… המקום שלכם שמור.
gate-full = כל המקומות תפוסים
gate-kept = המקומות שמורים
gate-watch-soon = תצפו ברגע שהמשחק של { $host } יתחיל.
gate-kept-why = הם שמורים למי ששיחק קודם. אולי עוד יתפנה מקום.
gate-may-watch = אפשר לצפות איך ילך להם, או ליצור משחק משלכם.
gate-watch = לצפות
gate-finding = מחפשים מקום…
gate-calls = הזמנה למבוך מאת { $host }
gate-take-seat = לתפוס מקום
gate-stepping-in = נכנסים…
gate-not-now = לא עכשיו
gate-who-comes = מי בא אתכם?
gate-opening = השער נפתח…
gate-start = להתחיל את המשחק
gate-lacking-host = { $lacking } שתפו את הקישור, או הקישו על מקום והושיבו בו בוט.
gate-you-are-in = אתם בפנים
gate-waiting = מחכים לאות של { $host }.
gate-lacking = { $lacking } אחר כך אפשר להתחיל, לפי האות של { $host }.
gate-different = מה שונה כאן
gate-seed-chosen = המבוך הזה נבחר לפי מספר. מי שיודע את המספר יכול להכיר את הלוח.
gate-seats = מקומות
gate-seat-change = , מקום { $seat }: לשנות
gate-seat-kept = מקום שמור
gate-a-bot = בוט
gate-or-friend = או חברים
gate-free = פנוי
gate-invite = הזמינו מישהו
gate-call-friends = קראו לחברים
gate-still-join = חברים עוד יכולים להצטרף
gate-link = קישור למשחק הזה
gate-copied = הועתק
gate-copy = להעתיק קישור
gate-link-copied = הקישור הועתק. שלחו אותו לחברים.
gate-by-hand = הדפדפן הזה לא מאפשר להעתיק. הקישור מסומן: העתיקו אותו ידנית.
gate-only-here = הקישור הזה נפתח רק במחשב הזה. לחברים במקום אחר, פתחו את Minotaur בכתובת שגם הם יכולים להגיע אליה.
gate-camera = להראות למצלמה של טלפון
gate-qr = קוד QR של הקישור
gate-hunters = ציידים
gate-hunter-hint = נלחמים במה שהם יכולים לנצח, בורחים ממה שלא.
gate-strategists = אסטרטגים
gate-strategist-hint = שוקלים מה אתם עשויים לעשות, ועושים מה שהכי טוב נגד זה.
gate-wanderers = נוודים
gate-wanderer-hint = מסתובבים בלי כיוון. טובים למתחילים.
gate-rules-classic = כללים קלאסיים
rule-rock = סלעים חוסמים את הדרך
rule-rock-no = בלי סלעים
rule-minotaur = המינוטאור בפנים
rule-minotaur-no = בלי מינוטאור
rule-collapse = הרצפה נופלת
rule-collapse-no = הרצפה מחזיקה
rule-hero-damage = מכה של גיבור עולה { $count }
rule-minotaur-health = למינוטאור יש { $count } חיים
rule-minotaur-damage = מכה של המינוטאור עולה { $count }
rule-collapse-first = הטבעת הראשונה נופלת בסיבוב { $round }
rule-rounds-max = נגמר אחרי סיבוב { $round }
rule-away-never = שום בוט לא מחליף מוקדם יותר את מי שאיננו
rule-sight-all = הכול גלוי
rule-gallery-closed = מי שהודח ומי שצופה לא רואים את הלוח
rule-gallery-open = מי שהודח ומי שצופה רואים את הלוח
rule-health = { $count } חיים
rule-ap-start =
    { $count ->
        [one] נקודת פעולה אחת
        [two] שתי נקודות פעולה
       *[other] { $count } נקודות פעולה
    } בהתחלה
rule-ap-gain =
    עוד { $count ->
        [one] נקודת פעולה אחת
        [two] שתי נקודות פעולה
       *[other] { $count } נקודות פעולה
    } בכל סיבוב
rule-ap-cap =
    לכל היותר { $count ->
        [one] נקודת פעולה אחת
        [two] שתי נקודות פעולה
       *[other] { $count } נקודות פעולה
    }
rule-minotaur-reach =
    המינוטאור בא ממרחק של { $count ->
        [one] צעד אחד
        [two] שני צעדים
       *[other] { $count } צעדים
    }
rule-collapse-every =
    { $count ->
        [one] טבעת נופלת בכל סיבוב
        [two] טבעת נופלת כל שני סיבובים
       *[other] טבעת נופלת כל { $count } סיבובים
    }
rule-autopilot-after =
    בוט מחליף אחרי { $count ->
        [one] סיבוב אחד
        [two] שני סיבובים
       *[other] { $count } סיבובים
    } בלי תוכנית
rule-away-after =
    בוט מחליף את מי שאיננו אחרי { $count ->
        [one] סיבוב אחד
        [two] שני סיבובים
       *[other] { $count } סיבובים
    }
rule-untouched-max =
    נגמר אחרי { $count ->
        [one] סיבוב אחד
        [two] שני סיבובים
       *[other] { $count } סיבובים
    } בלי אף אחד
rule-sight =
    רואים למרחק { $count ->
        [one] צעד אחד
        [two] שני צעדים
       *[other] { $count } צעדים
    }
rule-hearing =
    קרב נשמע למרחק { $count ->
        [one] צעד אחד
        [two] שני צעדים
       *[other] { $count } צעדים
    }
rule-gallery-delay =
    צופים רואים באיחור של { $count ->
        [one] סיבוב אחד
        [two] שני סיבובים
       *[other] { $count } סיבובים
    }
rule-radius =
    לוח של { $count ->
        [one] צעד אחד
        [two] שני צעדים
       *[other] { $count } צעדים
    } מהאמצע לקצה
rule-round = { $span } לסיבוב
gate-hunter = צייד
gate-strategist = אסטרטג
gate-wanderer = נווד
gate-some-bot = בוט
gate-you = אתם
gate-host = מארח
gate-away = לא כאן
gate-yours = שלכם?
gate-tell-code = או אמרו להם את הקוד { $code }.
gate-here = (כאן)
