## A form made from a schema.

form-remove-which = Remove { $label } { $number }
form-remove = Remove
form-add = Add
form-add-to = to { $label }
form-for = For
form-none = None
form-as-json = Written as JSON
form-choose = Choose one
form-less = Less: { $label }
form-more = More: { $label }
form-wrong-somebody = Choose somebody.
form-wrong-one = Choose one.
form-above = more than { $bound }
form-below = less than { $bound }
form-whole = a whole number
form-steps = steps of { $step }
form-wrong-json = Write it as JSON: { $example }.
form-wrong-twice = That one is there already.
form-wrong-least = At least { $least }.
form-wrong-most = At most { $most }.
form-from-to = { $from } to { $to }
form-at-least = at least { $bound }
form-at-most = at most { $bound }
form-in-steps = { $bounds }, in steps of { $step }
form-wrong-whole = A whole number.
form-wrong-number = A number.
form-wrong-whole-bounds = A whole number, { $bounds }.
form-wrong-number-bounds = A number, { $bounds }.
form-wrong-short =
    { $count ->
        [one] At least { $count } character.
       *[other] At least { $count } characters.
    }
form-wrong-long =
    { $count ->
        [one] At most { $count } character.
       *[other] At most { $count } characters.
    }
form-kind-number = Number
form-kind-text = Text
form-kind-seat = Player
form-kind-flag = Yes or no
form-kind-choice = Choice
form-kind-fixed = Fixed
form-kind-maybe = Maybe
form-kind-record = Record
form-kind-one-of = One of several
form-kind-list = List
form-kind-row = Row
form-kind-map = Table
form-kind-any = Anything
