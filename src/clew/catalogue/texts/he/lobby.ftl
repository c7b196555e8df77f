## What happens around a lobby.

lobby-news-title = מה קרה כאן
lobby-seat-kept = מקום { $seat } שמור עבור { $name }
lobby-seat-give-away = לשחרר את המקום
lobby-seat-free = מקום { $seat } פנוי
lobby-seat-put = להושיב כאן { $bot }
lobby-seat-make = להחליף ל{ $bot }
lobby-seat-empty = לפנות את המקום
lobby-seat-as-it-is = להשאיר כך
lobby-seat-pass = להעביר את האירוח אל { $name }
lobby-seat-pass-why = מי שמארח משנה את המשחק ומתחיל אותו. ברגע שהאירוח עובר אל { $name }, הוא כבר לא אצלכם.
lobby-seat-send-away = להוציא את { $name }
lobby-seat-send-away-title = להוציא את { $name }?
lobby-seat-send-away-why = אחרי זה { $name } במעמד של צפייה בלבד, בלי אפשרות לשבת כאן שוב.
lobby-seat-keep = להשאיר את { $name }
lobby-doors-leave = לצאת
lobby-doors-leave-title = לצאת מהמשחק שלכם?
lobby-doors-leave-why = המקום שלכם יתפנה, ומי שנמצא כאן הכי הרבה זמן יארח.
lobby-doors-leave-act = להשאיר לאחרים
lobby-doors-call-off = לבטל
lobby-doors-call-off-title = לבטל לכולם?
lobby-doors-call-off-alone = אין כאן אף אחד אחר. הקישור לא יוביל אז לשום מקום.
lobby-doors-call-off-act = כן, לבטל
lobby-doors-stay = להישאר
lobby-doors-keep = להשאיר
lobby-out-left-title = יצאתם
lobby-out-left = המקום שלכם פנוי למישהו אחר. התחרטתם? כל עוד הוא פנוי, הוא יכול להיות שוב שלכם.
lobby-out-again = להסתכל שוב
lobby-out-sent-away-title = הוציאו אתכם מהשולחן
lobby-out-sent-away = המקום מיועד למישהו אחר. פתחו שולחן משלכם: שם אתם המארחים.
lobby-ready = מצידי אפשר להתחיל
lobby-ready-everyone = כולם מוכנים.
lobby-ready-others = כל האחרים מוכנים.
lobby-ready-not-yet = עוד לא מוכנים: { $names }
lobby-news-sat = מקום { $seat }: { $name }.
lobby-news-sat-you = אתם במקום { $seat }.
lobby-news-sent-away = המארח הוציא את { $name }.
lobby-news-host = האירוח עבר אל { $name }.
lobby-news-host-you = עכשיו אתם המארחים.
lobby-news-bot = מקום { $seat }: { $bot }.
lobby-news-emptied = מקום { $seat } שוב פנוי.
lobby-news-settings = המארח שינה את המשחק.
lobby-news-settings-you = שיניתם את המשחק.
lobby-news-left = ‏{ $name } כבר לא כאן.
lobby-doors-call-off-others =
    { $count ->
        [one] יש כאן עוד מישהו אחד.
        [two] יש כאן עוד שניים.
       *[other] יש כאן עוד { $count }.
    } הקישור לא יוביל אז לשום מקום.
lobby-still-empty =
    { $count ->
        [one] מקום אחד עוד פנוי.
        [two] שני מקומות עוד פנויים.
       *[other] { $count } מקומות עוד פנויים.
    }
