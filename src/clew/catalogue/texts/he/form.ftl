## A form made from a schema.

form-remove-which = להסיר { $label } { $number }
form-remove = להסיר
form-add = להוסיף
form-add-to = אל { $label }
form-for = עבור
form-none = ללא
form-as-json = כתוב כ־JSON
form-choose = בחרו אחד
form-less = פחות: { $label }
form-more = יותר: { $label }
form-wrong-somebody = בחרו מישהו.
form-wrong-one = בחרו אחד.
form-above = יותר מ־{ $bound }
form-below = פחות מ־{ $bound }
form-whole = מספר שלם
form-steps = בקפיצות של { $step }
form-wrong-json = כתבו את זה כ־JSON: { $example }.
form-wrong-twice = זה כבר נמצא שם.
form-wrong-least = לפחות { $least }.
form-wrong-most = לכל היותר { $most }.
form-from-to = { $from } עד { $to }
form-at-least = לפחות { $bound }
form-at-most = לכל היותר { $bound }
form-in-steps = { $bounds }, בקפיצות של { $step }
form-wrong-whole = מספר שלם.
form-wrong-number = מספר.
form-wrong-whole-bounds = מספר שלם, { $bounds }.
form-wrong-number-bounds = מספר, { $bounds }.
form-wrong-short =
    { $count ->
        [one] לפחות תו אחד.
        [two] לפחות שני תווים.
       *[other] לפחות { $count } תווים.
    }
form-wrong-long =
    { $count ->
        [one] לכל היותר תו אחד.
        [two] לכל היותר שני תווים.
       *[other] לכל היותר { $count } תווים.
    }
form-kind-number = מספר
form-kind-text = טקסט
form-kind-seat = שחקן
form-kind-flag = כן או לא
form-kind-choice = בחירה
form-kind-fixed = קבוע
form-kind-maybe = אולי
form-kind-record = רשומה
form-kind-one-of = אחד מכמה
form-kind-list = רשימה
form-kind-row = שורה
form-kind-map = טבלה
form-kind-any = כל דבר
