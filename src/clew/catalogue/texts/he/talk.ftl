## What people say to each other.

talk-sign-hello = שלום
talk-sign-good-luck = בהצלחה
talk-sign-well-met = נעים להכיר
talk-sign-well-played = יפה שיחקתם
talk-sign-thanks = תודה
talk-sign-sorry = סליחה
talk-sign-wow = וואו
talk-sign-hurry = קדימה, נו
talk-title = צ'אט
talk-log = מה שנאמר
talk-nothing = עוד לא נאמר כלום.
talk-field = אמרו משהו
talk-say = לשלוח
talk-pending = בדרך
talk-who = את מי שומעים
talk-mute = להשתיק את { $name }
talk-gone = מישהו שכבר יצא
talk-too-many = { $count } יותר מדי
talk-sign = לשלוח סימן
talk-close = לא עכשיו
talk-lost = זה לא הגיע למשחק. נסו שוב.
talk-too-often = זה היה מהיר מאוד. חכו כמה שניות ונסו שוב.
talk-game-started = המשחק התחיל: המילים מחכות לסופו. הסימנים לא.
talk-game-canceled = המשחק הזה בוטל.
talk-not-playing = רק מי שבמשחק יכול לעשות את זה.
talk-invalid = אין בזה שום דבר שאפשר להציג.
talk-unread =
    { $count ->
        [one] חדש אחד
        [two] שניים חדשים
       *[other] { $count } חדשים
    }
talk-left = נותרו { $count }
talk-signed = { $name }: { $sign }
