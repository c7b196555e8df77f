## Spans of time.

time-any-moment = בכל רגע
time-left-s = נותרו { $count } שנ׳
time-left-h = נותרו { $count } שע׳
time-left-days =
    { $count ->
        [one] נותר יום
        [two] נותרו יומיים
       *[other] נותרו { $count } ימים
    }
time-short-h = { $count } שע׳
time-short-d = { $count } י׳
time-left-min = נותרו { $count } דק׳
